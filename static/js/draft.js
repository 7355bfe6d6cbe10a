/* Keeps what was typed on this phone until it is sent: a dead battery or a lost signal costs nothing.
   The form works without this file; what is kept never leaves the phone. */

const PREFIX = "phieu-nhap:";

/** The phone may forbid storage; then there is simply no draft. */
function storage() {
  try {
    localStorage.setItem(`${PREFIX}?`, "1");
    localStorage.removeItem(`${PREFIX}?`);
    return localStorage;
  } catch {
    return null;
  }
}

/** Everything typed or chosen, with the form's own token: sent again after a break, it is still one form. */
function typed(form) {
  return [...new FormData(form)].filter(([name]) => name !== "website");
}

function fill(form, pairs) {
  for (const [name, value] of pairs) {
    const boxes = form.elements.namedItem(name);
    for (const box of boxes instanceof RadioNodeList ? boxes : boxes ? [boxes] : []) {
      if (box.type === "radio" || box.type === "checkbox") box.checked ||= box.value === value;
      else box.value = value;
    }
  }
}

const store = storage();

for (const form of document.querySelectorAll("form[data-draft]")) {
  if (!store) break;
  const key = PREFIX + form.dataset.draft;
  const kept = store.getItem(key);
  if (kept && !("draftFilled" in form.dataset)) fill(form, JSON.parse(kept));
  form.querySelector("[data-draft-words]").hidden = false;
  form.addEventListener("input", () => store.setItem(key, JSON.stringify(typed(form))));
  form.querySelector("[data-draft-clear]").addEventListener("click", () => {
    store.removeItem(key);
    location.assign(form.action);
  });
}

for (const receipt of document.querySelectorAll("[data-draft-sent]")) {
  store?.removeItem(PREFIX + receipt.dataset.draftSent);
}

// A second tap while the first one is on its way would only make a slow network slower.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== (form.dataset.onceButton ?? "send")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.querySelector("[data-once-words]").textContent = form.dataset.once;
    setTimeout(() => delete form.dataset.sent, 20_000);
  });
}
