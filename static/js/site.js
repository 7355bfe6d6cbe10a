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
