// The list of displays: who each is, what it shows, and how it is.

import { openChange, openRevoke } from "./form.js";
import { stateOf } from "./state.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const HEADS = ["display", "seen", "scene", "build", "load", "uptime", "heals"];
const ORDER = ["pending", "away", "live", "never", "revoked"]; // what somebody has to look after stands first
const HEALS = [["reopens", "heal_reopen"], ["refetches", "heal_refetch"], ["reloads", "heal_reload"],
  ["stalls", "heal_stall"], ["restarts", "heal_restart"]];

export function paintList(displays, build, page) {
  const rows = displays.map((display) => [display, stateOf(display, page.clock.now)]);
  rows.sort(([, one], [, other]) => ORDER.indexOf(one) - ORDER.indexOf(other)); // by name within a state, as they came
  redraw(document.getElementById("list"), [rows, build], () => {
    if (rows.length === 0) return make("p", { class: "quiet" }, page.words.none);
    return [heads(page), ...rows.map(([display, state]) => row(display, state, build, page))];
  });
}

const heads = ({ words }) =>
  make("div", { class: "display-row display-heads" }, HEADS.map((name) => make("span", {}, words[`head_${name}`])));

function row(display, state, build, page) {
  const { words } = page;
  const isShown = display.state === "approved";
  return make("article", { class: "display-row", "data-state": state, "data-display": String(display.id) },
    who(display, state, page),
    make("div", { class: "display-cell" }, make("span", {}, words[`state.${state}`]),
      display.seen_at ? make("time", { class: "quiet running", "data-since": display.seen_at }) : null),
    make("div", { class: "display-cell" }, isShown ? shows(display, page) : null),
    make("div", { class: "display-cell" }, isShown && display.reported_at ? buildOf(display, build, words) : null),
    make("div", { class: "display-cell running" }, isShown ? load(display, page) : null),
    make("div", { class: "display-cell running" }, isShown ? lasting(display.uptime_seconds, page) : null),
    isShown && display.reported_at ? heals(display, page) : make("span", {}),
    acts(display, page));
}

function who(display, state, { words, writer, clock }) {
  const by = (name) => (name === "operator" ? words.by_operator : name);
  const moment = (text) => writer.moment(text, new Date(clock.now).toISOString());
  const history = display.revoked_at
    ? fill(words.revoked_at, { time: moment(display.revoked_at), by: by(display.revoked_by) })
    : display.approved_at
      ? fill(words.approved_at, { time: moment(display.approved_at), by: by(display.approved_by) })
      : fill(words.enrolled_at, { time: moment(display.enrolled_at) });
  return make("div", { class: "display-who" }, make("span", { class: "mark", "data-state": state, "aria-hidden": "true" }),
    make("span", { class: "display-name" }, display.name ?? `#${display.id}`),
    make("span", { class: "quiet" }, history),
    display.state === "pending" ? make("span", { class: "quiet display-agent", title: display.user_agent }, display.user_agent)
      : null);
}

function shows(display, { words, scene_names: names }) {
  const scenes = display.scenes.map((scene) => names[scene]).join(", ");
  if (display.scenes.length === 1) return make("span", {}, scenes);
  const rotation = fill(words.rotation, { scenes, n: display.seconds });
  return [display.scene ? make("span", {}, names[display.scene]) : null, make("span", { class: "quiet" }, rotation)];
}

function buildOf(display, build, words) {
  if (display.build === null) return make("span", { class: "quiet" }, words.build_unknown);
  if (display.build === build) return make("span", {}, words.build_current);
  return make("span", { class: "display-old" }, words.build_old);
}

function load({ heap_bytes: heap, nodes }, { words, writer }) {
  return [heap === null ? null : make("span", {}, fill(words.megabytes, { n: writer.count(Math.round(heap / 1e6)) })),
    nodes === null ? null : make("span", { class: "quiet" }, fill(words.nodes, { n: writer.count(nodes) }))];
}

function lasting(seconds, { words, writer }) {
  if (seconds === null) return null;
  if (seconds < 3600) return fill(words.minutes, { n: writer.count(Math.round(seconds / 60)) });
  if (seconds < 48 * 3600) return fill(words.hours, { n: writer.count(Math.round(seconds / 3600)) });
  return fill(words.days, { n: writer.count(Math.round(seconds / 86400)) });
}

function heals(display, { words, writer }) {
  const healed = HEALS.filter(([name]) => display[name] > 0);
  if (healed.length === 0) return make("span", { class: "quiet" }, words.heal_none);
  return make("dl", { class: "display-heals" }, healed.flatMap(([name, word]) =>
    [make("dt", {}, words[word]), make("dd", { class: "running" }, writer.count(display[name]))]));
}

function acts(display, page) {
  const { words } = page;
  const dialog = document.getElementById("dialog");
  const button = (key, text, act) =>
    make("button", { class: "button", type: "button", "data-key": `${key}-${display.id}`, onclick: act }, text);
  return make("div", { class: "display-acts" },
    display.state === "approved" ? button("change", words.change, () => openChange(dialog, display, page)) : null,
    display.state === "revoked" ? null
      : button("revoke", display.state === "pending" ? words.refuse : words.revoke,
        () => openRevoke(dialog, display, page)));
}
