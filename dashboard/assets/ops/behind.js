// The script of the drill-down: every case of a figure, page by page, with the sum of all of them held against it.

import { Asking } from "../data/asking.js";
import { make, redraw } from "../data/dom.js";
import { Head } from "../data/head.js";
import { Writer } from "../wall/figures.js";
import { fill, pageFacts } from "../wall/page.js";
import { Written } from "../figure/written.js";
import { CaseList } from "./behind_list.js";
import { outsideOf, sumOf } from "./behind_sum.js";

const CASES_EVERY_MS = 15_000;

const root = document.getElementById("behind");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language) };
page.written = new Written(page);
const head = new Head(page, root);
if (page.past) root.dataset.then = "yes";

if (page.made === "cases") start();
else {
  document.getElementById("list").replaceChildren(make("p", {}, page.words[`made_${page.made}`]));
  document.getElementById("list-help").hidden = true;
  head.answer(page.now, 0);
  root.dataset.list = "shown";
}

function start() {
  const list = new CaseList(page, (after) => address("cases", after));
  let newest = null;
  // The first page is asked for again and again: it has the sums. What is listed changes only when somebody wants it.
  const asking = new Asking(() => address("cases"), page.build, ({ state }) => {
    newest = state;
    paintSum(state);
    list.first(state, () => asking.now());
    root.dataset.list = "shown";
  }, CASES_EVERY_MS, () => window.location.reload()); // the session is over: the way to sign in leads back to here
  // The figure itself is cheap to ask for, and tells when the list is of another moment.
  new Asking(() => address("now"), page.build, ({ now, age, state }) => {
    head.clock.set(Date.parse(now));
    head.answer(now, age);
    if (newest !== null && isOther(newest, state)) asking.now();
  });
}

const isOther = ({ figure, lower }, { value, numerator, denominator }) => (lower === null
  ? figure.upper !== value : figure.upper !== numerator || figure.lower !== denominator);

function paintSum(state) {
  const { words, written, writer } = page;
  const time = page.past ? written.moment(state.at) : writer.moment(state.at, new Date(head.clock.now).toISOString());
  document.getElementById("value").textContent = written.value(state.value);
  const shown = [state.number, state.upper, state.lower, state.figure, state.seen, state.holds];
  redraw(document.getElementById("sum"), shown, () => [
    make("p", { class: "sum-said", "data-holds": state.holds ? "yes" : "no" }, sumOf(state, page)),
    state.number === state.seen.number ? null : make("p", { class: "sum-outside" }, outsideOf(state, page)),
  ].filter((each) => each !== null));
  document.getElementById("sum").title = fill(words.as_of, { time });
}

function address(what, after = null) {
  const query = new URLSearchParams(window.location.search);
  for (const name of ["lang", "theme"]) query.delete(name);
  if (what === "now") query.delete("part");
  if (after !== null) query.set("after", after);
  return what === "now" ? `/kpi/${page.kpi}/now?${query}` : `/ops/behind/${page.kpi}/cases?${query}`;
}
