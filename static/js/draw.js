/* Runs a draw again on the reader's own machine: nothing but the published list, the number, and SHA-256.
   The page works without this file; then the server does the sum. */

const encoder = new TextEncoder();

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The digest of a published list, given as its bytes or its text. */
export function listDigest(list) {
  return sha256(typeof list === "string" ? encoder.encode(list) : list);
}

/** The codes of a published list, in its order. */
export function codesOf(text) {
  return text.split("\n").filter(Boolean).map((line) => line.split(" ", 1)[0]);
}

/** All codes, the first drawn first: by SHA-256 of digest, number and code. */
export async function drawOrder(digest, number, codes) {
  const keyed = await Promise.all(codes.map(async (code) => [await sha256(encoder.encode(`${digest}|${number}|${code}`)), code]));
  return keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, code]) => code);
}

/** The first place, from 1, where two orders differ; 0 when they are the same. */
export function firstDifference(ours, theirs) {
  const length = Math.max(ours.length, theirs.length);
  for (let place = 0; place < length; place += 1) if (ours[place] !== theirs[place]) return place + 1;
  return 0;
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function show(place, isBad, sentences, order = []) {
  const note = element("div", "", isBad ? "note note--bad" : "note");
  note.append(...sentences.map((sentence) => element("p", sentence)));
  if (order.length) {
    const list = element("ol", "", "codes codes--order");
    list.append(...order.slice(0, 10).map((code) => element("li", code)));
    note.append(element("p", "Mười mã đầu:"), list);
  }
  place.replaceChildren(note);
}

async function runAgain(form, place) {
  const number = form.elements.so.value.replace(/\s/g, "").toLowerCase();
  const published = document.querySelector("[data-published-digest]").textContent.trim();
  const theirs = [...document.querySelectorAll("[data-published-order] [data-code]")].map((one) => one.dataset.code);
  const answer = await fetch(form.dataset.list, { cache: "no-store" });
  if (!answer.ok) throw new Error(answer.statusText);
  const bytes = await answer.arrayBuffer();
  const digest = await listDigest(bytes);
  if (digest !== published) {
    show(place, true, [`Không khớp. Dấu máy này tính ra là ${digest}, khác dấu xã công bố. Xin báo xã.`]);
    return;
  }
  const ours = await drawOrder(digest, number, codesOf(new TextDecoder().decode(bytes)));
  if (!theirs.length || number !== form.elements.so.defaultValue) {
    show(place, false, [`Chỉ là thử với số ${number}. Dấu danh sách đúng.`], ours);
    return;
  }
  const different = firstDifference(ours, theirs);
  if (different) {
    const [mine, its] = [ours, theirs].map((order) => order[different - 1] ?? "hết danh sách");
    show(place, true, [`Không khớp ở chỗ thứ ${different}: máy này tính ra ${mine}, xã công bố ${its}. Xin báo xã.`]);
  } else {
    show(place, false, [`Khớp. Máy này tính lại dấu danh sách và thứ tự của ${ours.length} mã: đúng từng chỗ.`], ours);
  }
}

for (const form of document.querySelectorAll("[data-draw]")) {
  const button = form.querySelector("[data-draw-here]");
  const place = document.querySelector("[data-draw-result]");
  // Only a page that came over https (or from this very machine) is given the sum by the browser.
  if (!globalThis.crypto?.subtle) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    show(place, false, ["Đang tải danh sách và tính…"]);
    try {
      await runAgain(form, place);
    } catch {
      show(place, true, ["Chưa tải được danh sách. Xem lại sóng rồi bấm lần nữa, hoặc bấm “Tính trên máy của xã”."]);
    }
  });
}
