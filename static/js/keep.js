/* Keeps what stands on the screen at hand until it has gone to the server, which keeps all the other screens itself:
   a lost line or a phone that throws its pages away costs nothing. The form works without this file. */

const PREFIX = "bai-dang-lam:";

/** The phone may forbid storage; then nothing is kept. */
function storage() {
  try {
    localStorage.setItem(`${PREFIX}?`, "1");
    localStorage.removeItem(`${PREFIX}?`);
    return localStorage;
  } catch {
    return null;
  }
}

const store = storage();

/** Boxes that a person fills in, apart from files and from what the form carries along. */
function boxes(form) {
  return [...form.elements].filter(({ name, type }) => name && !["hidden", "file", "submit"].includes(type));
}

function typed(form) {
  return boxes(form)
    .filter(({ type, checked }) => !["radio", "checkbox"].includes(type) || checked)
    .map(({ name, value }) => [name, value]);
}

function fill(form, pairs) {
  const kept = new Set(pairs.map((pair) => pair.join("\n")));
  for (const box of boxes(form)) {
    if (["radio", "checkbox"].includes(box.type)) box.checked = kept.has(`${box.name}\n${box.value}`);
    else box.value = pairs.find(([name]) => name === box.name)?.[1] ?? "";
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = PREFIX + form.dataset.keep;
  const kept = store?.getItem(key);
  if (kept && !("keepFilled" in form.dataset)) fill(form, JSON.parse(kept));
  form.addEventListener("input", () => store?.setItem(key, JSON.stringify(typed(form))));
  form.addEventListener("submit", (event) => {
    form.querySelector("[data-keep-offline]").hidden = navigator.onLine;
    if (!navigator.onLine) event.preventDefault();
  });
  // Once the next screen has come, this one lies with the server.
  for (const other of Object.keys(store ?? {})) {
    if (other.startsWith(PREFIX) && other !== key) store.removeItem(other);
  }
}

if (document.querySelector("[data-keep-done]")) {
  for (const key of Object.keys(store ?? {})) {
    if (key.startsWith(PREFIX)) store.removeItem(key);
  }
}
