/* The reader's own shelf: what this phone has kept, how to take it away, and how to switch it off. */

const PAGES = "trang";
const SHELF = "/doc-khi-mat-mang/";
/** An empty store of this name is the reader's no; site.js asks for it. */
const NO = "khong-luu";

const page = document.querySelector("[data-shelf]");
const part = (name) => page.querySelector(`[data-shelf-${name}]`);

function listed({ path, title, asked }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const day = document.createElement("small");
  link.href = path;
  link.textContent = title;
  day.textContent = `lưu ngày ${asked.toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" })}`;
  item.append(link, " ", day);
  return item;
}

async function keptPages() {
  if (!(await caches.has(PAGES))) return [];
  const pages = await caches.open(PAGES);
  const found = [];
  for (const request of await pages.keys()) {
    const path = new URL(request.url).pathname;
    const response = await pages.match(request);
    const text = new DOMParser().parseFromString(await response.text(), "text/html");
    const [asked, opened] = ["X-Kept-Asked", "X-Kept-Opened"].map((name) => Number(response.headers.get(name)));
    const title = text.querySelector("h1")?.textContent.trim() || text.title;
    if (path !== SHELF) found.push({ path, title: path === "/" ? "Trang chủ" : title, asked: new Date(asked), opened });
  }
  return found.sort((a, b) => b.opened - a.opened);
}

async function show() {
  const isOff = await caches.has(NO);
  const kept = await keptPages();
  part("list").replaceChildren(...kept.map(listed));
  part("none").hidden = kept.length > 0;
  part("switch").textContent = isOff ? "Bật đọc khi mất mạng" : "Tắt đọc khi mất mạng";
}

async function wipe() {
  for (const name of await caches.keys()) if (name !== NO) await caches.delete(name);
}

function say(words) {
  part("said").textContent = words;
}

async function switchOff() {
  await caches.open(NO);
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  await wipe();
  await show();
  say("Đã tắt và đã xóa hết bản lưu trên máy này.");
}

async function switchOn() {
  await caches.delete(NO);
  await navigator.serviceWorker.register(document.body.dataset.offline);
  await navigator.serviceWorker.ready;
  await show();
  say("Đã bật. Bài nào bà con mở từ bây giờ thì đọc lại được khi mất mạng.");
}

async function wipeNow() {
  await wipe();
  // This page alone, so that there is something to say where there is no signal.
  navigator.serviceWorker.controller?.postMessage({ path: SHELF, pictures: [] });
  await show();
  say("Đã xóa hết bản lưu trên máy này.");
}

if ("serviceWorker" in navigator && "caches" in window) {
  part("missed").hidden = location.pathname === SHELF;
  part("switch").addEventListener("click", async () => ((await caches.has(NO)) ? switchOn() : switchOff()));
  part("wipe").addEventListener("click", wipeNow);
  await show();
  part("able").hidden = false;
} else {
  part("unable").hidden = false;
}
