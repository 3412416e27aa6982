// The passport's script: asks for the figure every 5 s, for its cases and its past less often, and paints them.

import { Asking } from "../data/asking.js";
import { Head } from "../data/head.js";
import { Writer } from "../wall/figures.js";
import { pageFacts } from "../wall/page.js";
import { paintBand } from "./band.js";
import { paintCases, paintClosed } from "./cases.js";
import { paintInputs } from "./inputs.js";
import { paintRestated } from "./restated.js";
import { Trend } from "./trend.js";
import { paintTrust } from "./trust.js";
import { paintUnits } from "./units.js";
import { paintValue } from "./value.js";
import { Written } from "./written.js";

const CASES_EVERY_MS = 15_000;
const PAST_EVERY_MS = 60_000;
const PAINTERS = [paintValue, paintBand, paintUnits, paintInputs];

const root = document.getElementById("figure");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language) };
page.written = new Written(page);
const head = new Head(page, root);
page.clock = head.clock;
if (page.past) root.dataset.then = "yes";
const trend = new Trend(page);
let present = null;
let past = null;
let cases = null;

new Asking(() => address("now"), page.build, ({ now, age, state }) => {
  head.clock.set(Date.parse(now));
  present = state;
  for (const painter of PAINTERS) painter(state, page);
  paintTrust(present, past, page);
  head.answer(now, age);
  if (cases !== null && isOther(cases, state)) askingCases.now();
});
new Asking(() => address("past"), page.build, ({ state }) => {
  past = state;
  trend.show(state);
  paintRestated(state, page);
  if (present !== null) paintTrust(present, past, page);
  root.dataset.past = "shown";
}, PAST_EVERY_MS);
let askingCases = null;
if (page.made === "cases" && !page.sees_cases) {
  paintClosed(page);
  root.dataset.cases = "shown";
} else if (page.made === "cases") {
  askingCases = new Asking(() => address("cases"), page.build, ({ state }) => {
    cases = state;
    paintCases(state, page);
    root.dataset.cases = "shown";
  }, CASES_EVERY_MS, () => {
    cases = null;
    paintClosed(page);
    root.dataset.cases = "shown";
  });
} else {
  paintCases(null, page);
  root.dataset.cases = "shown";
}

// The list is of another moment than the figure, which has changed since.
function isOther({ figure, lower }, { value, numerator, denominator }) {
  return lower === null ? figure.upper !== value : figure.upper !== numerator || figure.lower !== denominator;
}

function address(what) {
  const query = new URLSearchParams(window.location.search);
  for (const name of ["lang", "theme"]) query.delete(name);
  return `/kpi/${page.kpi}/${what}?${query}`;
}
