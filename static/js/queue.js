/* A queue by keyboard: j and k walk, one key presses the button of that name in the item in hand, u takes back.
   Everything is a button on the page as well. */

const queue = document.querySelector("[data-queue]");
const items = queue ? [...queue.querySelectorAll("[data-item]")] : [];

function itemInHand() {
  return document.activeElement?.closest("[data-item]") ?? null;
}

function walk(by) {
  const place = items.indexOf(itemInHand());
  const next = items[Math.min(Math.max(place + by, 0), items.length - 1)];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start" });
}

/** A key that asks for a reason opens its box first. */
function open(item, key) {
  const box = item.querySelector(`[data-open="${key}"]`);
  if (!box) return false;
  box.open = true;
  box.querySelector("select").focus();
  return true;
}

function press(key) {
  const item = itemInHand() ?? items[0];
  if (!item) return false;
  const button = item.querySelector(`[data-key="${key}"]`);
  if (!button) return open(item, key);
  button.click();
  return true;
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches("input:not([type=checkbox]), textarea")) return;
  if (event.target.matches("select")) {
    if (event.key === "Enter") {
      event.preventDefault();
      event.target.form.querySelector("button").click();
    }
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
  else if (key === "u") document.querySelector("[data-undo]")?.click();
  else if (!/^[0-9dsx]$/.test(key) || !press(key)) return;
  event.preventDefault();
}

document.addEventListener("keydown", onKey);
for (const words of document.querySelectorAll("[data-keys]")) words.hidden = false;
items[0]?.focus({ preventScroll: true });
