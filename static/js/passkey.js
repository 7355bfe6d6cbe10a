/* Hands the server's question to the keys of this machine and their answer back in the form. What needs a passkey shows
   only where the browser knows them, which none does over plain http or at a bare number; codes are used there. */

const ASK = {
  get: (question) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) }),
  create: (question) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) }),
};

async function answer(form) {
  const { passkey, question, refused, known } = form.dataset;
  const words = form.querySelector("[data-passkey-words]");
  const button = form.querySelector("button");
  words.textContent = "";
  button.disabled = true;
  try {
    form.elements.passkey.value = JSON.stringify(await ASK[passkey](JSON.parse(question)));
    form.submit();
  } catch (error) {
    words.textContent = error.name === "InvalidStateError" ? known : refused;
    button.disabled = false;
  }
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-passkeys]")) part.hidden = true;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(form);
  });
}
