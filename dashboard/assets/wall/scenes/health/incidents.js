// Incidents of the last seven days: what goes on first, then what recovers, then what is over, the newest first.

import { make } from "../../../data/dom.js";
import { fill } from "../../page.js";
import { fit } from "../fitting.js";
import { minuteAt } from "../lasting.js";

const ORDER = ["open", "recovering", "closed"];
const SHAPES = { open: "bad", recovering: "warn", closed: "over" };

export function paintIncidents({ at, incidents }, scene, page) {
  const order = incidents.map((each) => ({ ...each, stage: stageOf(each) }))
    .sort((one, other) => ORDER.indexOf(one.stage) - ORDER.indexOf(other.stage));
  const list = document.getElementById(scene.id("incidents"));
  fit(list, [order, at.slice(0, 10)], {
    items: order,
    row: (incident) => row(incident, at, scene, page),
    rest: (left) => fill(scene.words.rest_incidents, { n: page.writer.count(left.length) }),
    empty: () => make("p", { class: "calm" },
      make("span", { class: "shape", "data-shape": "holds", "aria-hidden": "true" }), scene.words.no_incidents),
  });
}

const stageOf = ({ recovered_at, closed_at }) => (closed_at !== null ? "closed" : recovered_at !== null ? "recovering" : "open");

function row({ cause, source, began_at, closed_at, stage }, at, { words }, { writer }) {
  const who = source ?? (cause === "intake" ? words.everything : "");
  const said = stage === "closed" ? fill(words.closed, { time: minuteAt(closed_at, at, writer) })
    : stage === "open" ? words.open_now : words.recovering;
  return make("div", { class: "incident", "data-stage": stage },
    make("span", { class: "shape", "data-shape": SHAPES[stage], "aria-hidden": "true" }),
    make("p", { class: "incident-cause" }, words[`cause.${cause}`] ?? cause),
    make("p", { class: "incident-said" }, said),
    make("p", { class: "incident-who" }, [who, fill(words.began, { time: minuteAt(began_at, at, writer) })].filter(Boolean).join(" · ")));
}
