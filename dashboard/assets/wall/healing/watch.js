// A worker: it hears each second from the page, and notices when it doesn't, for it has a thread of its own.

const STALL = 5; // seconds
const HUNG = 15; // seconds
const TICK = 1; // seconds

let page = null; // what the page told last: {watched, report}
let silent = 0; // seconds that this thread ran without hearing from it: none of them while the machine sleeps
let reported = false;

onmessage = ({ data }) => {
  if (silent >= STALL) postMessage({ stalled: silent });
  page = data;
  silent = 0;
  reported = false;
};

setInterval(() => {
  if (page === null || !page.watched) return;
  silent += TICK;
  if (silent < HUNG || reported || page.report === null) return;
  reported = true;
  const { heals, ...facts } = page.report;
  fetch("/display/report", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...facts, heals: { ...heals, stall: heals.stall + 1 } }),
  }).catch(() => {
    reported = false; // tried again in a second
  });
}, 1000 * TICK);
