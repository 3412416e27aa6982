// The script of the page of alerts: asks every 5 s what is wrong, paints it, and puts aside what somebody asks for.

import { paintClosed } from "./closed.js";
import { paintGlances, paintNotices } from "./glances.js";
import { paintOpen } from "./open.js";
import { paintChannels, paintSilences } from "./side.js";
import { openSilence } from "./silence.js";
import { Asking } from "../data/asking.js";
import { Head } from "../data/head.js";
import { post } from "../display/ask.js";
import { Writer } from "../wall/figures.js";
import { pageFacts } from "../wall/page.js";

const PAINTERS = [paintNotices, paintGlances, paintOpen, paintSilences, paintChannels, paintClosed];

const root = document.getElementById("alerts");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language) };
const head = new Head(page, root);
page.clock = head.clock;

const dialog = document.getElementById("dialog");
page.silence = (alert) => openSilence(dialog, alert, page);

/** Ends a silence, and says what became of it. */
page.end = async (silence) => {
  const { status } = await post("/ops/alerts/end", { id: silence.id });
  say(status === 200 ? page.words.done_end : page.refused(status));
  asking.now();
};

/** Puts something aside; answers why not, null where it was done. */
page.put = async (body) => {
  const { status, told } = await post("/ops/alerts/silence", body);
  if (status !== 200) return page.refused(status, told?.detail);
  say(page.words.done_silence);
  asking.now();
  return null;
};

page.refused = (status, detail) => {
  const { words } = page;
  if (status === 0 || status === 503) return words.refused_away;
  if (status === 403) return words.refused_scope;
  if (detail === "reason_missing") return words.refused_reason;
  if (detail?.startsWith("personal_")) return words.refused_personal;
  return words.refused_other.replace("{status}", status);
};

function say(text) {
  document.getElementById("done").textContent = text;
}

const asking = new Asking(() => "/ops/alerts/state", page.build, ({ now, age, state }) => {
  head.clock.set(Date.parse(now));
  page.everywhere = state.everywhere;
  for (const painter of PAINTERS) painter(state, page);
  head.answer(now, age);
});
