// The session of an enrolled display, for the page of the wall: renewed by itself, and told how the page is.

import { post, prove, standing } from "./ask.js";
import { canHaveKey, keptKey } from "./keys.js";

const LANDING = "/display/";
const RESTARTS = "ioc.restarts";
const RENEW_AFTER_MS = 4 * 3600_000; // a session lasts 12 hours
const AGAIN_MS = [2_000, 6_000];

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const between = ([least, most]) => least + Math.random() * (most - least);

let renewing = null;
let renewedAt = Date.now();

/**
 * Proves the display's key again. Answers "renewed", "away" (no answer: try again), or "revoked", "pending", "none"
 * (it is no display any more, or not yet): then the page leaves for /display/, which says so. Never throws; whoever
 * asks while it is asked already gets the same answer.
 */
export function renewSession() {
  renewing ??= renewed()
    .catch(() => "away")
    .finally(() => {
      renewing = null;
    });
  return renewing;
}

async function renewed() {
  const pair = canHaveKey() ? await keptKey() : null;
  if (pair === null) return leave("none");
  const stands = await standing(pair);
  if (stands.status !== 200) return "away";
  if (stands.told.state !== "approved") return leave(stands.told.state);
  const { status } = await prove(pair, stands.told.id);
  if (status !== 200) return "away";
  renewedAt = Date.now();
  return "renewed";
}

function leave(state) {
  window.location.replace(LANDING);
  return state;
}

/** Renews the session in time, for as long as the page is there; to be called once by the page of a display. */
export function keepSession() {
  setInterval(() => {
    if (Date.now() - renewedAt > RENEW_AFTER_MS) renewSession();
  }, 60_000 + Math.random() * 30_000);
}

/**
 * Tells how the page is: {build, scene, heap_bytes, nodes, uptime_seconds, heals: {reopen, refetch, reload, stall}},
 * each of which may be missing. Answers whether it was heard.
 */
export async function report(facts) {
  const told = { ...facts, restarts: Number(sessionStorage.getItem(RESTARTS)) || 0 };
  const first = await post("/display/report", told);
  if (first.status !== 401) return first.status === 204;
  return (await renewSession()) === "renewed" && (await post("/display/report", told)).status === 204;
}

/** The keeper of the browser tells in the address how often it had to begin anew: this tab remembers it. */
export function rememberRestarts() {
  const told = new URLSearchParams(window.location.search).get("restarts");
  if (told !== null && /^\d{1,9}$/.test(told)) sessionStorage.setItem(RESTARTS, told);
}

/** The server ended the stream and said why: "revoked", "changed" (other scenes, language or theme) or "expired". */
export async function gone(why) {
  if (why !== "changed") return void (await renewSession());
  await pause(Math.random() * 1_000);
  while (!(await answers())) await pause(between(AGAIN_MS));
  window.location.reload();
}

async function answers() {
  try {
    return (await fetch(window.location.href, { cache: "no-store", signal: AbortSignal.timeout(8_000) })).ok;
  } catch {
    return false;
  }
}
