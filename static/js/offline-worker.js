/* Keeps what was opened of guides, stories and the home for reading without signal. Page by page the server says what
   may be kept ("X-Keep-Offline"); nothing else is ever stored. Started by /sw.js; why and how much: docs/adr/0025. */

const PAGES = "trang";
const FILES = "tep";
const MAY_KEEP = "X-Keep-Offline";
const ASKED = "X-Kept-Asked";
const OPENED = "X-Kept-Opened";
const MOST_PAGES = 40;
const MOST_PICTURES = 60;
const DAY = 24 * 60 * 60 * 1000;
const KEPT_DAYS = 30;
/** After so many milliseconds without an answer the kept copy is shown. */
const PATIENCE = 3000;
const ASKED_AT_ONCE = 10;
const SHELF = "/doc-khi-mat-mang/";
const ALWAYS_KEPT = ["/", SHELF];
const NEVER_TOUCHED = /^\/(quan-tri|_util|co-chu|healthz|readyz|metrics|sw\.js)(\/|$)/;
const HASHED = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/;
const HOURS_AHEAD_OF_UTC = 7;
const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];

let settling = Promise.resolve();
let asking = null;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(Promise.all(ALWAYS_KEPT.map((path) => fetch(path).then((answer) => settle(path, answer, 0)))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (NEVER_TOUCHED.test(pathname)) passOn(event);
  else if (request.mode === "navigate") openPage(event);
  else if (HASHED.test(pathname)) event.respondWith(openFile(request));
  else if (pathname.startsWith("/media/") && request.destination === "image") openPicture(event);
});

// The page with which everything began was opened before anybody listened.
self.addEventListener("message", (event) => {
  const { path, pictures } = event.data;
  event.waitUntil(
    fetch(path)
      .then((answer) => settle(path, answer, Date.now()))
      .then(() => Promise.all(pictures.map((url) => keepPicture(path, url)))),
  );
});

/* --- pages ------------------------------------------------------------------------------------------------------ */

/** The browser has asked for a page before it asked us: unless that answer is taken, it asks a second time. */
function passOn(event) {
  if (event.request.mode !== "navigate") return;
  event.respondWith(Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request)));
}

function openPage(event) {
  const { pathname, search } = new URL(event.request.url);
  // What is asked for after a "?" is the reader's own business.
  const path = search ? "" : pathname;
  const answer = Promise.resolve(event.preloadResponse)
    .then((early) => early ?? fetch(event.request))
    .catch(() => null);
  // Taken before the browser reads it; of what is not kept, only what the server says about it.
  const copy = answer.then((given) => (given?.headers.has(MAY_KEEP) ? given.clone() : given));
  settling = copy.then((given) => (given && path ? settle(path, given, Date.now()) : null));
  event.waitUntil(Promise.all([copy, settling]).then(([given]) => (given ? askAgain() : null)));
  event.respondWith(firstOf(answer, path));
}

async function firstOf(answer, path) {
  const kept = path && (await keptPage(path));
  const given = await (kept ? Promise.race([answer, new Promise((done) => setTimeout(done, PATIENCE))]) : answer);
  if (given) return given;
  if (kept) return withBand(kept);
  return (await keptPage(SHELF)) ?? Response.error();
}

async function keptPage(path) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(path);
  if (!kept || ALWAYS_KEPT.includes(path) || Date.now() - kept.headers.get(ASKED) < KEPT_DAYS * DAY) return kept;
  await drop(path);
  return undefined;
}

/** What the server says about a page: keep it, it is gone, or nothing at all. */
async function settle(path, answer, openedAt) {
  if (answer.status >= 500 || answer.status === 429) return;
  if (answer.status === 200 && answer.headers.has(MAY_KEEP)) await keep(path, answer, openedAt);
  else await drop(path);
}

async function keep(path, answer, openedAt) {
  const text = await answer.text();
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set(ASKED, Date.now());
  headers.set(OPENED, openedAt);
  const pages = await caches.open(PAGES);
  const before = await pages.match(path);
  await pages.put(path, new Response(text, { headers }));
  if (before && before.headers.get("ETag") === headers.get("ETag")) return;
  for (const [, url] of text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)) await keepStatic(url);
  await tidy();
}

async function drop(path) {
  const pages = await caches.open(PAGES);
  if (await pages.delete(path)) await tidy();
}

/** Asks the server about copies of yesterday and before: only a few at once, and not where every byte is paid for. */
function askAgain() {
  const { saveData, effectiveType } = self.navigator.connection ?? {};
  if (saveData || effectiveType?.includes("2g")) return null;
  asking ??= askAboutOldest().finally(() => (asking = null));
  return asking;
}

async function askAboutOldest() {
  const pages = await caches.open(PAGES);
  const due = (await copies()).filter(({ asked }) => Date.now() - asked > DAY).sort((a, b) => a.asked - b.asked);
  for (const { path, opened, response } of due.slice(0, ASKED_AT_ONCE)) {
    const tag = response.headers.get("ETag");
    const answer = await fetch(path, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "manual" }).catch(
      () => null,
    );
    if (!answer) return;
    if (answer.status === 304) {
      const headers = new Headers(response.headers);
      headers.set(ASKED, Date.now());
      await pages.put(path, new Response(await response.text(), { headers }));
    } else await settle(path, answer, opened);
  }
}

async function copies() {
  const pages = await caches.open(PAGES);
  const found = [];
  for (const request of await pages.keys()) {
    const response = await pages.match(request);
    const [asked, opened] = [ASKED, OPENED].map((name) => Number(response.headers.get(name)));
    found.push({ path: new URL(request.url).pathname, asked, opened, response });
  }
  return found;
}

/** The copy says from the first line on that it is one. */
async function withBand(kept) {
  const day = new Date(Number(kept.headers.get(ASKED)) + HOURS_AHEAD_OF_UTC * 60 * 60 * 1000);
  const [year, month, date] = day.toISOString().slice(0, 10).split("-");
  const said = `${WEEKDAYS[day.getUTCDay()]}, ${date}/${month}/${year}`;
  const band = `<aside class="kept" aria-label="Bản lưu"><p class="wrap">Bà con đang xem <b>bản lưu ngày <time
    datetime="${year}-${month}-${date}">${said}</time></b>. Mạng yếu hoặc chưa có mạng. <a href="">Thử lại</a></p></aside>`;
  const text = (await kept.text()).replace("<header ", `${band}<header `);
  return new Response(text, { headers: kept.headers });
}

/* --- what pages are made with, and their pictures ---------------------------------------------------------------- */

async function openFile(request) {
  const files = await caches.open(FILES);
  return (await files.match(request.url)) ?? fetch(request);
}

/** The name of a static file changes with its content; a style sheet brings along what it names. */
async function keepStatic(url) {
  const files = await caches.open(FILES);
  const { href, pathname } = new URL(url, self.location);
  if (!HASHED.test(pathname) || (await files.match(href))) return;
  const answer = await fetch(href);
  if (!answer.ok) return;
  await files.put(href, answer.clone());
  if (pathname.endsWith(".css")) for (const named of await namedIn(answer, href)) await keepStatic(named);
}

async function namedIn(sheet, base) {
  const urls = (await sheet.text()).matchAll(/url\("?(?!data:)([^")]+)"?\)/g);
  return [...urls].map(([, url]) => new URL(url, base).href);
}

function openPicture(event) {
  const answer = fetch(event.request).catch(() => null);
  const copy = answer.then((given) => given?.clone());
  event.waitUntil(copy.then((given) => given && noteShown(event, given)));
  event.respondWith(
    answer.then(async (given) => given ?? (await (await caches.open(FILES)).match(event.request.url)) ?? Response.error()),
  );
}

async function noteShown(event, answer) {
  await settling;
  const client = await self.clients.get(event.clientId);
  if (client) await keepPicture(new URL(client.url).pathname, event.request.url, answer);
}

/** A picture is kept with a page that is kept, and goes with it. */
async function keepPicture(path, url, given) {
  const pages = await caches.open(PAGES);
  const files = await caches.open(FILES);
  if (!new URL(url).pathname.startsWith("/media/") || !(await pages.match(path))) return;
  const answer = given ?? (await fetch(url));
  if (answer.status === 200) await files.put(url, answer);
  else if (answer.status < 500) await files.delete(url);
}

/** Drops what is too much or too old, and every file that no kept page names any more. */
async function tidy() {
  const pages = await caches.open(PAGES);
  const files = await caches.open(FILES);
  const found = (await copies()).sort((a, b) => b.opened - a.opened);
  const [fixed, opened] = [true, false].map((is) => found.filter(({ path }) => ALWAYS_KEPT.includes(path) === is));
  const fresh = opened.filter(({ asked }) => Date.now() - asked < KEPT_DAYS * DAY).slice(0, MOST_PAGES);
  for (const one of opened) if (!fresh.includes(one)) await pages.delete(one.path);

  const named = new Set();
  for (const { response } of [...fixed, ...fresh]) {
    for (const [url] of (await response.text()).matchAll(/\/(?:static|media)\/[^\s"'<>,()?#]+/g)) named.add(url);
  }
  for (const path of [...named].filter((one) => one.endsWith(".css"))) {
    const sheet = await files.match(path);
    if (sheet) for (const url of await namedIn(sheet, new URL(path, self.location))) named.add(new URL(url).pathname);
  }
  let pictures = 0;
  for (const { url } of (await files.keys()).reverse()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith("/media/")) pictures += 1;
    if (!named.has(pathname) || pictures > MOST_PICTURES) await files.delete(url);
  }
}
