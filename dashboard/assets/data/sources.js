// Every source: its state by shape, words and colour; when it was heard last; what became of what it sent.

import { make, redraw } from "./dom.js";
import { histogram } from "./histogram.js";
import { equation } from "./tally.js";
import { fill } from "../wall/page.js";

export const STATES = ["live", "late", "silent", "closed", "never"];
const NAMED_UNITS = 2;

export function paintSources({ sources }, page) {
  redraw(document.getElementById("sources"), sources, () =>
    sources.length === 0 ? make("p", { class: "quiet" }, page.words.no_sources) : sources.map((each) => row(each, page)),
  );
}

function row(source, page) {
  if (source.kind === "") return ownRow(source, page);
  const { words } = page;
  const state = source.active ? words[`state.${source.state}`] : words.revoked;
  return make("article", { class: "source", "data-source": source.source, "data-state": source.state },
    make("div", { class: "source-who" },
      make("span", { class: "mark", "data-state": source.state, "aria-hidden": "true" }),
      make("h3", { class: "source-name", title: source.source }, source.source),
      make("p", { class: "source-what" }, make("span", { class: "source-state" }, state),
        make("span", { class: "quiet" }, ` · ${whatOf(source, words)}`)),
      make("p", { class: "source-units quiet" }, unitsOf(source, page))),
    make("dl", { class: "source-signs" },
      sign(words.last_event, source.last_event_at, page),
      sign(words.last_heartbeat, source.heartbeat_at, page),
      source.complete_until === null ? null : sign(words.complete_until, source.complete_until, page),
      make("dd", { class: "cadence quiet" }, cadenceOf(source.cadence, page))),
    make("div", { class: "source-late" }, histogram(source.lateness, page)),
    make("div", { class: "source-sums" },
      make("span", { class: "sum-name quiet" }, words.today), equation(source.today, page),
      make("span", { class: "sum-name quiet" }, words.total), equation(source.total, page)));
}

// The centre itself, and what no source can be read of: nobody promised anything, but it counts.
function ownRow(source, page) {
  const { words } = page;
  return make("article", { class: "source source-own", "data-source": source.source, "data-state": "none" },
    make("div", { class: "source-who" },
      make("h3", { class: "source-name quiet" }, source.source === "" ? words.unnamed : source.source)),
    make("p", { class: "source-signs quiet" }, source.source === "" ? "" : words.own), make("div"),
    make("div", { class: "source-sums" }, make("span", { class: "sum-name quiet" }, words.total), equation(source.total, page)));
}

function sign(name, at, { words, writer, clock }) {
  const when = at === null
    ? make("dd", { class: "quiet" }, words.never)
    : make("dd", {}, make("time", { class: "running", "data-since": at, datetime: at }),
        make("span", { class: "moment quiet running" }, writer.moment(at, new Date(clock.now).toISOString())));
  return [make("dt", { class: "quiet" }, name), when];
}

const whatOf = ({ streams }, words) =>
  streams.length === 0 ? words.nothing_sent : streams.map((stream) => words[`stream.${stream}`] ?? stream).join(" · ");

function unitsOf({ units }, { words, units: titles }) {
  if (units.length === 0) return words.no_units;
  if (units.length > 1 && Object.keys(titles).every((code) => units.includes(code))) {
    return fill(words.whole_area, { n: units.length });
  }
  const named = units.slice(0, NAMED_UNITS).map((code) => titles[code] ?? code).join(", ");
  const more = units.length - NAMED_UNITS;
  return more > 0 ? fill(words.more_units, { units: named, n: more }) : named;
}

function cadenceOf(seconds, { words, writer }) {
  if (seconds === null) return words.cadence_none;
  const [measure, size] = [["days", 86_400], ["hours", 3_600], ["minutes", 60]].find(([, each]) => seconds % each === 0) ??
    ["seconds", 1];
  return fill(words[`cadence_${measure}`], { n: writer.count(seconds / size) });
}
