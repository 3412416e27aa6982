// The script of the archive's first page: asks every 5 s for slots and schedulers, and paints them.

import { Filters } from "./filters.js";
import { paintGlances, paintNotices } from "./glances.js";
import { Plot } from "./plot.js";
import { openRun } from "./running.js";
import { paintComing, paintDrafts, paintScheduler } from "./side.js";
import { paintSlots } from "./slots.js";
import { signInFromHere } from "../accounts/going.js";
import { Asking } from "../data/asking.js";
import { Head } from "../data/head.js";
import { post } from "../display/ask.js";
import { Writer } from "../wall/figures.js";
import { pageFacts } from "../wall/page.js";

const SAID_MS = 20_000;
const PAINTERS = [paintNotices, paintGlances, paintSlots, paintScheduler, paintComing, paintDrafts];

const root = document.getElementById("archive");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language) };
const head = new Head(page, root);
page.clock = head.clock;

let said = null;
const filters = new Filters(page, () => asking.now());
const plot = new Plot(page);
const dialog = document.getElementById("dialog");
page.run = () => openRun(dialog, page);
page.more = () => filters.more();

/** Asks for something to be done: {status, told}; without a session the page goes to where one is made. */
page.act = async (address, body) => {
  const answer = await post(address, body);
  if (answer.status === 401) window.location.assign(signInFromHere());
  if (answer.status === 200) asking.now();
  return answer;
};

page.say = (text) => {
  clearTimeout(said);
  document.getElementById("done").textContent = text;
  said = setTimeout(() => page.say(""), SAID_MS);
};

const asking = new Asking(() => `/archive/state?${filters.query}`, page.build, ({ now, age, state }) => {
  head.clock.set(Date.parse(now));
  filters.offer(state.kinds);
  for (const paint of PAINTERS) paint(state, page);
  plot.offer(state.kinds);
  head.answer(now, age);
}, undefined, (status) => status === 401 && window.location.assign(signInFromHere()));
