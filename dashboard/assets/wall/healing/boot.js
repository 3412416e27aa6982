// Loaded apart from the rest of the wall, and needs nothing of it: a page whose script or layout did not come, because
// the server went away in that moment, would otherwise stay empty for ever.

import { countHeal } from "./heals.js";
import { recall, remember } from "./kept.js";
import { between, pauseBeforeStart } from "./pauses.js";
import { buildOnOffer } from "./probe.js";

const PATIENCE_MS = 15_000;
const AGAIN_MS = [5_000, 15_000];
const IN_VAIN = "ioc.starts";

const stands = () => window.__ioc?.started === true;

async function look() {
  if (stands()) return remember(IN_VAIN, 0);
  if ((await buildOnOffer()) === null || stands()) {
    setTimeout(look, between(...AGAIN_MS));
    return;
  }
  countHeal("reload");
  remember(IN_VAIN, recall(IN_VAIN, 0) + 1);
  window.location.reload();
}

setTimeout(look, between(PATIENCE_MS, 1.5 * PATIENCE_MS) + pauseBeforeStart(recall(IN_VAIN, 0)));
