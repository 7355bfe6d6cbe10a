/* The pile of paper, by keyboard: a letter ticks its box and goes on, Enter goes on, the upward arrow goes back.
   Without this file the same page is a plain form. */

const BOX = "input:not([type=hidden]), select, textarea";

function focusRow(row) {
  const box = row.querySelector(":checked") ?? row.querySelector(BOX);
  box.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

/** Rows that can be seen: those in a folded part are passed over. */
function rowsOf(form) {
  return [...form.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
}

function step(form, row, by) {
  const rows = rowsOf(form);
  const next = rows[rows.indexOf(row) + by];
  if (next) focusRow(next);
  else if (by > 0) form.querySelector("[name=handed_on]").focus();
}

/** A letter ticks the box of that name; a row of several boxes stays, for more than one may be ticked. */
function tick(form, row, letter) {
  const box = row.querySelector(`[data-letter="${letter}"]`);
  if (!box) return false;
  box.checked = box.type === "radio" || !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  box.focus({ preventScroll: true });
  if (box.type === "radio") step(form, row, 1);
  return true;
}

function onKey(event, form) {
  const row = event.target.closest("[data-row]");
  if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
  const isWords = event.target.matches("textarea");
  const isBox = event.target.matches("[type=radio], [type=checkbox]");
  let done = false;
  if (event.key === "Enter" && !isWords) {
    step(form, row, 1);
    done = true;
  } else if (event.key === "ArrowUp" && isBox) {
    step(form, row, -1);
    done = true;
  } else if (isBox && /^[a-h]$/i.test(event.key)) {
    done = tick(form, row, event.key.toUpperCase());
  }
  if (done) event.preventDefault();
}

for (const form of document.querySelectorAll("form[data-typing]")) {
  form.addEventListener("keydown", (event) => onKey(event, form));
  form.addEventListener("change", ({ target }) => {
    // “Nhà khác” opens the boxes where that family is written.
    const other = form.querySelector("details");
    if (other && target.name === "right_house") other.open = target.value === "khac";
  });
  for (const words of document.querySelectorAll("[data-keys]")) words.hidden = false;
  const first = rowsOf(form)[0];
  if (first && !form.querySelector("[autofocus]")) focusRow(first);
}
