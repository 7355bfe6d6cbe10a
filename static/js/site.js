/* Small helps for phones that run scripts. Every page works without this file. */

/** Show a button that only makes sense with scripts. */
function reveal(button) {
  button.hidden = false;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  reveal(button);
  const label = button.querySelector("span");
  label.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  reveal(button);
  button.addEventListener("click", () => window.print());
}

// One recording at a time: a second one starting over the first helps nobody to listen.
document.addEventListener(
  "play",
  ({ target }) => {
    for (const audio of document.querySelectorAll("audio")) {
      if (audio !== target) audio.pause();
    }
  },
  true,
);

// Opened pages can be read again without signal, unless the commune or this reader has said no (offline.js).
const { offline } = document.body.dataset;
if (offline && "serviceWorker" in navigator && "caches" in window) {
  const isFollowed = Boolean(navigator.serviceWorker.controller);
  window.addEventListener("load", async () => {
    if (await caches.has("khong-luu")) return;
    await navigator.serviceWorker.register(offline);
    const { active } = await navigator.serviceWorker.ready;
    if (isFollowed || location.search) return;
    const shown = [...document.images].map(({ currentSrc }) => currentSrc).filter(Boolean);
    active.postMessage({ path: location.pathname, pictures: shown });
  });
}
