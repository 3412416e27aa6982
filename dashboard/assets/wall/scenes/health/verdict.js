// At a glance: whether all is well, how many sources are how, and whether all that came into the log was accounted for.

import { make, redraw } from "../../../data/dom.js";
import { fill } from "../../page.js";
import { lasting } from "../lasting.js";

export const STATES = ["silent", "never", "late", "closed", "live"];

/** The gravest thing in one sentence: the log is not applied, does not balance, sources fail; or that all is well. */
export function paintVerdict({ sources, log }, scene, page) {
  const { words } = scene;
  const [shape, title] = verdict(sources, log, words, page.writer);
  const counts = STATES.map((state) => [state, sources.filter((each) => each.state === state).length]);
  redraw(document.getElementById(scene.id("verdict")), [shape, title, counts, log === null], () => [
    make("span", { class: "shape verdict-shape", "data-shape": shape, "aria-hidden": "true" }),
    make("h2", { class: "verdict-title", "data-shape": shape }, title),
    log === null ? null : make("ul", { class: "verdict-counts" }, counts.map(([state, n]) =>
      make("li", { class: "verdict-count", "data-state": state, "data-any": n > 0 ? "yes" : "no" },
        make("span", { class: "shape", "data-shape": state, "aria-hidden": "true" }),
        make("span", { class: "count-figure running" }, page.writer.count(n)), words[`state.${state}`]))),
  ].filter((each) => each !== null));
}

function verdict(sources, log, words, writer) {
  if (log === null) return ["unknown", words.past];
  if (log.halted.length > 0) return ["bad", fill(words.halted, { n: writer.count(log.halted.length) })];
  if (log.frozen) return ["bad", fill(words.stands, { n: lasting(log.behind, words, writer) })];
  if (log.off !== 0) return ["bad", words.unbalanced];
  const failing = sources.filter((each) => each.fails).length;
  if (failing > 0) return ["bad", fill(failing === 1 ? words.ill_one : words.ill_many, { n: writer.count(failing) })];
  if (sources.length === 0) return ["unknown", words.no_sources];
  return ["well", sources.every((each) => each.state === "closed") ? words.well_closed : words.well];
}

export function paintLog({ log }, scene, page) {
  const box = document.getElementById(scene.id("log"));
  redraw(box, log, () => (log === null ? make("p", { class: "calm" }, scene.words.past_short) : [
    make("div", { class: "sum", "data-long": longOf(log, page.writer) }, sum(log, scene.words, page.writer)), balance(log, scene.words, page.writer),
    make("dl", { class: "log-facts" }, factsOf(log, scene.words, page.writer)),
  ]));
}

const LONG = 20;
const VERY_LONG = 25;

function longOf(log, writer) {
  const digits = ["received", "applied", "duplicates", "quarantined"].map((name) => writer.count(log[name])).join("").length;
  return digits > VERY_LONG ? "very" : digits > LONG ? "yes" : "no";
}

function sum(log, words, writer) {
  const terms = [["received", "="], ["applied", "+"], ["duplicates", "+"], ["quarantined", ""]];
  return terms.flatMap(([name, sign]) => [
    make("p", { class: "sum-term", "data-term": name, "data-any": log[name] > 0 ? "yes" : "no" },
      make("span", { class: "sum-figure running" }, writer.count(log[name])),
      make("span", { class: "sum-name" }, words[name])),
    sign === "" ? null : make("span", { class: "sum-sign" }, sign),
  ]);
}

// Every record of the log is some source's: they count them all, or one of the two is wrong.
function balance({ off, rest }, words, writer) {
  const holds = off === 0 && rest === 0;
  const said = off !== 0 ? fill(words.off, { n: writer.count(off) })
    : rest !== 0 ? fill(rest > 0 ? words.unattributed : words.overattributed, { n: writer.count(Math.abs(rest)) })
    : words.balanced;
  return make("p", { class: "balance", "data-holds": holds ? "yes" : "no" },
    make("span", { class: "shape", "data-shape": holds ? "holds" : "bad", "aria-hidden": "true" }), said);
}

function factsOf({ waiting, halted, partitions, behind, frozen }, words, writer) {
  const lag = behind === null ? words.behind_unknown : lasting(behind, words, writer);
  return [
    ["behind", words.behind, lag, frozen && halted.length === 0 ? "bad" : "none"],
    ["waiting", words.waiting, writer.count(waiting), waiting > 0 ? "warn" : "none"],
    ["halted", words.partitions, `${writer.count(halted.length)}/${writer.count(partitions)}`, halted.length > 0 ? "bad" : "none"],
  ].map(([name, title, figure, standing]) =>
    make("div", { class: "log-fact", "data-fact": name, "data-standing": standing },
      make("dt", {}, standing === "none" ? null : make("span", { class: "shape", "data-shape": standing, "aria-hidden": "true" }), title),
      make("dd", { class: "running" }, figure)));
}
