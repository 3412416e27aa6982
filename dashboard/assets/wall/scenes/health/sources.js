// Every source: its standing by shape, word and age; what it sends and how often it promised to. The worst first.

import { make } from "../../../data/dom.js";
import { ageOf } from "../../../data/clock.js";
import { fill } from "../../page.js";
import { fit } from "../fitting.js";
import { between } from "../lasting.js";
import { STATES } from "./verdict.js";

const ROOMY = 6;

export function paintSources({ at, sources, log }, scene, page) {
  const list = document.getElementById(scene.id("sources"));
  const order = sources.filter((each) => each.state !== "revoked").sort((one, other) =>
    placeOf(one) - placeOf(other) || one.source.localeCompare(other.source));
  list.dataset.many = order.length > ROOMY ? "yes" : "no";
  fit(list, [order, Math.floor(Date.parse(at) / 5_000), log === null], {
    items: order,
    row: (source) => row(source, at, scene, page),
    rest: (left) => restOf(left, scene, page),
    empty: () => make("p", { class: "calm" }, scene.words.no_sources),
  });
}

// Those that figures wait for, then the others by their state; of a moment that is over none has a state.
const placeOf = ({ fails, state }) => (fails ? 0 : 10) + Math.max(0, STATES.indexOf(state));

function row(source, at, { words }, page) {
  const { state, streams, cadence, heard_at } = source;
  const known = state !== undefined;
  const shape = known ? state : "unknown";
  const age = !known ? "" : heard_at === null ? words.never_heard : ageOf(between(heard_at, at), page.words);
  const sends = streams.length === 0 ? words.nothing_sent : streams.map((each) => words[`stream.${each}`] ?? each).join(", ");
  return make("div", { class: "source", "data-state": shape, "data-fails": source.fails ? "yes" : "no", "data-source": source.source },
    make("span", { class: "shape", "data-shape": shape, "aria-hidden": "true" }),
    make("h3", { class: "source-name" }, source.source),
    make("p", { class: "source-sends" }, `${sends} · ${cadenceOf(cadence, words, page.writer)}`),
    make("p", { class: "source-state" }, known ? words[`state.${state}`] : words.past_short),
    make("p", { class: "source-age running" }, age));
}

function cadenceOf(seconds, words, writer) {
  if (seconds === null) return words.promise_none;
  const [measure, size] = [["days", 86_400], ["hours", 3_600], ["minutes", 60]].find(([, each]) => seconds % each === 0) ??
    ["seconds", 1];
  return fill(words[`promise_${measure}`], { n: writer.count(seconds / size) });
}

// How many more, and how they are.
function restOf(left, { words }, { writer }) {
  const states = STATES.map((state) => [state, left.filter((each) => each.state === state).length]).filter(([, n]) => n > 0);
  const told = states.map(([state, n]) => `${writer.count(n)} ${words[`state.${state}`].toLocaleLowerCase(writer.locale)}`);
  return [fill(words.rest, { n: writer.count(left.length) }), ...(told.length > 0 ? [`: ${told.join(", ")}`] : [])].join("");
}
