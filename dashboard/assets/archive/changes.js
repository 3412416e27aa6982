// Versions side by side: each figure that any restatement changed, its value in every version, and the cases behind it.

import { differenceOf, pageOf, valueOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const NAMED = 6;

export function paintChanges({ versions }, shown, content, page) {
  const { words } = page;
  const sealed = versions.filter(({ digest }) => digest !== null).map(({ version }) => version);
  redraw(document.getElementById("changes"), [sealed, content?.changed, content?.restates, shown.version], () => {
    if (content === null) return make("p", { class: "quiet" }, words.not_sealed);
    if (sealed.length < 2) return make("p", { class: "quiet" }, words.changes_none);
    const { versions: compared, number, rows } = content.changed;
    if (rows.length === 0) return make("p", { class: "quiet" }, words.changes_same);
    const shownOnly = { n: page.writer.count(rows.length), total: page.writer.count(number) };
    document.getElementById("changes-note").textContent = number > rows.length ? fill(words.changes_first, shownOnly) : "";
    return make("div", { class: "archive-scroll", tabindex: "0", role: "region", "aria-label": words.changes },
      make("table", { class: "archive-table changes-table" }, heads(compared, shown, words),
        make("tbody", {}, rows.map((each) => row(each, content.restates, page)))));
  });
}

function heads(sealed, shown, words) {
  const head = (name, more = {}) => make("th", { scope: "col", ...more }, name);
  return make("thead", {}, make("tr", {},
    head(words.change_what), head(words.change_place),
    sealed.map((version) => head(`v${version}`, { class: "running number",
      "aria-current": version === shown.version ? "true" : undefined })),
    head(words.change_by, { class: "number" }), head(words.change_cases)));
}

function row({ path, title, unit, written, values, version }, restates, page) {
  const { language } = page;
  const difference = restates?.differences.find((each) => each.path === path);
  const { before, after } = difference ?? { before: values[0], after: values.at(-1) };
  return make("tr", { "data-path": path },
    make("th", { scope: "row" }, title[language]),
    make("td", {}, placeOf(unit, page)),
    values.map((value, place) => make("td", { class: "running number",
      "data-changed": place > 0 && value !== values[place - 1] ? "yes" : "no" }, valueOf(value, written, page))),
    make("td", { class: "running number" }, differenceOf(before, after, written, page)),
    make("td", {}, difference === undefined ? older(version, page) : cases(difference, written, page)));
}

// Not what the version that is shown restated, but another one, which tells the cases.
const older = (version, page) => make("a", { href: pageOf(page.kind, page.period, page, version) },
  fill(page.words.change_older, { n: version }));

export const placeOf = (unit, { units, words }) => (unit === null ? words.area : units[unit] ?? unit);

// Where a case alone changed the figure by so much, that is said beside its code.
function cases(difference, written, page) {
  const { words, language, writer } = page;
  const quiet = (text, n) => make("span", { class: "quiet" }, fill(text, { n: writer.count(n) }));
  if (difference.hidden > 0) return quiet(words.change_hidden, difference.hidden);
  const item = ({ case: code, share }) => make("li", {},
    make("a", { class: "running", href: `/ops/case/${encodeURI(code)}?lang=${language}` }, code),
    share === null ? null : make("span", { class: "quiet running" }, ` ${differenceOf(0, share, written, page)}`));
  const [first, rest] = [difference.cases.slice(0, NAMED), difference.cases.slice(NAMED)];
  const unnamed = difference.others > 0 ? quiet(words.change_others, difference.others) : null;
  return [
    first.length === 0 && unnamed === null ? "–" : make("ul", { class: "change-cases" }, first.map(item)),
    rest.length === 0 ? unnamed : make("details", { class: "change-more" },
      make("summary", {}, quiet(words.change_others, rest.length + difference.others)),
      make("ul", { class: "change-cases" }, rest.map(item)), unnamed),
  ];
}
