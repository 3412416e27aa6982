// A television's landing page: shows its code until it is approved, then proves its key and opens the wall.

import { prove, standing } from "./ask.js";
import { canHaveKey, newKey, ownKey } from "./keys.js";
import { Screen } from "./screen.js";
import { rememberRestarts } from "./session.js";
import { pageFacts } from "../wall/page.js";

const WALL = "/wall/rotation";
const OFTEN_MS = 3_000; // while somebody is probably on the way with the code
const SELDOM_MS = 10_000;
const OFTEN_FOR_MS = 15 * 60_000;
const AWAY_MS = [2_000, 10_000];

const root = document.getElementById("display");
const screen = new Screen(root, pageFacts(root).languages);
const begun = performance.now();
let failures = 0;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Twice as long each time, and never all displays in the same moment.
const untilAgain = () => Math.min(AWAY_MS[0] * 2 ** Math.min(failures, 10), AWAY_MS[1]) * (0.5 + Math.random() / 2);

async function run() {
  rememberRestarts();
  screen.values.address = `${window.location.host}/displays/`;
  screen.show("starting", { state: "starting" });
  if (!canHaveKey()) return sayInsecure();
  let pair;
  try {
    pair = await ownKey();
  } catch {
    return screen.show("stuck", { heading: "unkept", what: "unkept_what" });
  }
  for (;;) {
    pair = await step(pair);
  }
}

/** Asks once, shows what was answered and waits; answers the key to go on with. */
async function step(pair) {
  const { status, told, retry } = await standing(pair);
  if (status === 200 && told.state === "approved") {
    await enter(pair, told.id);
  } else if (status === 200 && told.state === "pending") {
    failures = 0;
    screen.show("pending", { heading: "heading", code: told.code, what: "instruct", state: "waiting" });
    screen.holds(told.seconds);
    await pause(performance.now() - begun < OFTEN_FOR_MS ? OFTEN_MS : SELDOM_MS);
  } else if (status === 200) {
    return anew();
  } else {
    await failed(status, retry);
  }
  return pair;
}

async function enter(pair, id) {
  screen.show("opening", { heading: "opening" });
  const { status, retry } = await prove(pair, id);
  // The wall is opened once it is there: a browser's own error page would need a hand.
  if (status === 200 && (await isThere(WALL))) {
    window.location.replace(WALL);
    await pause(30_000);
    return;
  }
  await failed(status === 200 ? 0 : status, retry);
}

async function failed(status, retry) {
  failures += 1;
  const words = { 400: "refused", 403: "refused", 429: "busy" }[status] ?? "away";
  // A code on the screen stays: it holds although the server is silent for a moment.
  if (root.dataset.face === "pending") screen.show("pending-away", { ...shown(), state: words });
  else if (root.dataset.face !== "pending-away") screen.show("away", { state: words });
  await pause(Math.max(untilAgain(), 1000 * (retry ?? 0)));
}

const shown = () => ({ heading: "heading", code: document.getElementById("code").textContent, what: "instruct" });

async function isThere(address) {
  try {
    return (await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(8_000) })).ok;
  } catch {
    return false;
  }
}

/** Revoked: a person at the screen decides whether it asks again, with another key. */
function anew() {
  screen.show("revoked", { heading: "revoked", what: "revoked_what", again: "again" });
  const button = document.getElementById("again");
  button.focus();
  return new Promise((resolve) => {
    button.addEventListener("click", () => resolve(newKey()), { once: true });
  });
}

function sayInsecure() {
  screen.values.address = window.location.origin;
  const command = `ioc display keep --trust-plain-http ${window.location.origin}/display/`;
  screen.show("stuck", { heading: "insecure", what: "insecure_what", command });
}

run();
