/* While a round is being flooded, the browser does a small sum before it sends: nothing for one family, much for a
   machine that sends thousands. Without this file the entry is taken all the same, and somebody looks at it. */

for (const form of document.querySelectorAll("form[data-work]")) {
  const { work, workBits, worker } = form.dataset;
  const words = form.querySelector("[data-work-words]");
  const nonce = form.elements.namedItem("nonce");
  const helper = new Worker(worker);
  let waiting = null;

  helper.addEventListener("message", ({ data }) => {
    nonce.value = data;
    words.hidden = true;
    helper.terminate();
    if (waiting) form.requestSubmit(waiting);
  });
  helper.addEventListener("error", () => {
    nonce.value = "?"; // the server looks at the entry itself
    if (waiting) form.requestSubmit(waiting);
  });
  helper.postMessage({ challenge: work, bits: Number(workBits) });

  form.addEventListener(
    "submit",
    (event) => {
      if (event.submitter?.value !== "gui" || nonce.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = event.submitter;
      words.hidden = false;
    },
    true,
  );
}
