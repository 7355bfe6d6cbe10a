/* The commune has switched off reading without signal: nothing stays behind on the phone. docs/adr/0025 */

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== "khong-luu").map((name) => caches.delete(name))))
      .then(() => self.registration.unregister()),
  );
});
