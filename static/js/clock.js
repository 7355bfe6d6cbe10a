/* Goes on with the countdown that the server wrote, by the server's clock and not by the phone's. */

const DAY = 1440, HOUR = 60;
/* A page may have lain in a store for a minute: a phone that is nearer than that is right by itself. */
const STORED_SECONDS = 90;

/** The same words as the server's `time_left`. */
function words(seconds) {
  const minutes = Math.floor(Math.max(seconds, 0) / 60);
  const days = Math.floor(minutes / DAY), hours = Math.floor(minutes / HOUR) % 24, rest = minutes % HOUR;
  if (days) return hours ? `${days} ngày ${hours} giờ` : `${days} ngày`;
  if (hours) return rest ? `${hours} giờ ${rest} phút` : `${hours} giờ`;
  return rest ? `${rest} phút` : "chưa tới 1 phút";
}

for (const clock of document.querySelectorAll("[data-clock]")) {
  const { now, closes, ends } = clock.dataset;
  let ahead = Number(now) - Date.now() / 1000;
  if (!("exact" in clock.dataset) && Math.abs(ahead) < STORED_SECONDS) ahead = 0;

  const tick = () => {
    const moment = Date.now() / 1000 + ahead;
    const phase = moment < Number(closes) ? "open" : moment < Number(ends) ? "grace" : "over";
    for (const part of clock.querySelectorAll("[data-clock-while]")) {
      part.hidden = part.dataset.clockWhile !== phase;
    }
    const left = words((phase === "open" ? Number(closes) : Number(ends)) - moment);
    for (const place of clock.querySelectorAll("[data-clock-left]")) {
      if (place.textContent !== left) place.textContent = left;
    }
    if (phase !== "over") setTimeout(tick, 1000);
  };
  tick();
}
