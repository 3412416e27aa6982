// The administrator's page about displays: asks every 5 s how all of them are, and does what is asked for.

import { paintForm } from "./form.js";
import { paintList } from "./list.js";
import { stateOf } from "./state.js";
import { post } from "../display/ask.js";
import { Asking } from "../data/asking.js";
import { make, redraw } from "../data/dom.js";
import { Head } from "../data/head.js";
import { Writer } from "../wall/figures.js";
import { fill, pageFacts } from "../wall/page.js";

const SIGN_IN = "/sign-in/?to=/displays/";
const COUNTED = ["live", "away", "pending", "revoked"];

const root = document.getElementById("displays");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language) };
const head = new Head(page, root);
page.clock = head.clock;

/** Does something with displays: answers {status, told}; without a session the page goes to where one is made. */
page.act = async (address, body) => {
  const answer = await post(address, body);
  if (answer.status === 401) window.location.replace(SIGN_IN);
  if (answer.status === 200) asking.now();
  return answer;
};

function paint({ displays, build }) {
  const states = displays.map((display) => stateOf(display, page.clock.now));
  paintGlances(states);
  paintList(displays, build, page);
  const waiting = states.filter((state) => state === "pending").length;
  document.getElementById("waiting").textContent =
    waiting === 0 ? page.words.waiting_none : fill(page.words.waiting_one, { n: page.writer.count(waiting) });
}

function paintGlances(states) {
  const counts = COUNTED.map((name) => [name, states.filter((state) => state === name).length]);
  redraw(document.getElementById("glances"), counts, () => counts.map(([name, count]) =>
    make("div", { class: "panel display-glance" },
      make("span", { class: "mark", "data-state": name, "aria-hidden": "true" }),
      make("span", { class: "display-figure running" }, page.writer.count(count)),
      make("span", { class: "quiet" }, page.words[`count_${name}`]))));
}

paintForm(document.getElementById("approve"), page);
const asking = new Asking(() => "/displays/state", page.build, ({ now, age, state }) => {
  head.clock.set(Date.parse(now));
  paint(state);
  head.answer(now, age);
});
