// The cases that make up the figure, by their codes, with their sum held against the figure.

import { make, redraw } from "../data/dom.js";
import { caseAddress } from "../ops/case_address.js";
import { fill } from "../wall/page.js";

/** `state` is null where the figure is made of something else than cases. */
export function paintCases(state, page) {
  const { words } = page;
  const element = document.getElementById("cases");
  if (state === null || state.number === null) {
    redraw(element, page.made, () => make("p", { class: "quiet" }, words[`cases_${page.made}`]));
    return;
  }
  document.getElementById("cases-note").textContent = noteOf(state, page);
  redraw(element, state, () => (state.number === 0
    ? [state.figure.upper === null ? null : make("p", {}, sum(state, page)), make("p", { class: "quiet" }, words.cases_none)]
      .filter((each) => each !== null) : table(state, page)));
}

function noteOf({ number, outside, cases, at }, { words, written, writer, clock, past }) {
  const values = { n: written.count(number), listed: written.count(cases.length) };
  const time = past ? written.moment(at) : writer.moment(at, new Date(clock.now).toISOString());
  const parts = [
    fill(cases.length < number ? words.cases_listed : words.cases_number, values),
    outside > 0 ? fill(words.cases_outside, { n: written.count(outside) }) : null,
    fill(words.as_of, { time }),
  ];
  return parts.filter((part) => part !== null).join(". ");
}

/** Who has not signed in sees the figure, not its cases: the way to sign in, and back to here. */
export function paintClosed({ words }) {
  const here = `${window.location.pathname}${window.location.search}`;
  document.getElementById("cases-note").textContent = "";
  redraw(document.getElementById("cases"), "closed", () => make("p", {},
    make("a", { class: "link", href: `/sign-in/?${new URLSearchParams({ to: here })}`, "data-key": "sign-in" },
      words.cases_sign_in)));
}

/** Whether the cases add up to the figure; a figure without data has no sum to be held against. */
export function agrees({ upper, lower, figure }) {
  return (figure.upper === null || figure.upper === upper) && (figure.lower === null || figure.lower === lower);
}

function sum(state, { words, written }) {
  const { upper, lower, figure } = state;
  const values = (of) => ({ upper: written.count(of.upper), lower: written.count(of.lower) });
  const same = agrees(state);
  const verdict = same ? words.cases_agree : fill(words[lower === null ? "cases_differ" : "cases_differ_fraction"], values(figure));
  return make("span", { class: "case-sum", "data-holds": same ? "yes" : "no" },
    make("strong", { class: "running" }, fill(words[lower === null ? "cases_sum" : "cases_fraction"], values({ upper, lower }))), " ",
    make("span", { class: "case-verdict" }, verdict));
}

function table(state, page) {
  const { words } = page;
  const { cases, lower } = state;
  const parts = lower === null ? [words.case_upper] : [words.case_numerator, words.case_denominator];
  const names = [words.case, words.case_unit, words.case_at, words.case_what, ...parts];
  return make("table", { class: "table cases" }, make("caption", {}, sum(state, page), " ", all(page)),
    make("thead", {}, make("tr", {}, names.map((name) => make("th", { scope: "col", class: parts.includes(name) ? "number" : undefined }, name)))),
    make("tbody", {}, cases.map((each) => row(each, page))));
}

// Every one of them, page by page.
function all({ words, kpi, unit, language, keep }) {
  const query = new URLSearchParams({ lang: language, ...(unit === null ? {} : { unit }), ...keep });
  return make("a", { class: "link cases-all", href: `/ops/behind/${kpi}?${query}`, "data-key": "all" }, words.cases_all);
}

function row({ case: code, unit, at, measures, upper, lower }, { words, written, units, measures: names, language, keep }) {
  return make("tr", {},
    make("th", { scope: "row" },
      make("a", { class: "link", href: caseAddress(code, { lang: language, ...keep }), "data-key": code }, code)),
    make("td", {}, units[unit] ?? (unit === "00000" ? words.no_unit : unit)),
    make("td", { class: "case-at running" }, written.moment(at)),
    make("td", {}, measures.map((name) => names[name] ?? name).join("; ")),
    make("td", { class: "number running" }, written.count(upper)),
    lower === null ? null : make("td", { class: "number running" }, written.count(lower)));
}
