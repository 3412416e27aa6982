// Incidents, the open ones first: one per cause, however often it flapped.

import { make, redraw } from "./dom.js";
import { fill } from "../wall/page.js";

export function paintIncidents({ incidents }, page) {
  const now = new Date(page.clock.now).toISOString();
  const open = incidents.filter((each) => each.closed_at === null);
  const order = [...open, ...incidents.filter((each) => each.closed_at !== null)];
  redraw(document.getElementById("incidents"), order, () =>
    order.length === 0 ? make("p", { class: "quiet" }, page.words.incidents_none) : order.map((each) => row(each, now, page)),
  );
}

function row(incident, now, { words, writer }) {
  const state = incident.closed_at !== null ? "closed" : incident.recovered_at !== null ? "recovering" : "open";
  const time = state === "closed" ? writer.moment(incident.closed_at, now) : "";
  return make("article", { class: "incident", "data-state": state },
    make("span", { class: "incident-mark", "aria-hidden": "true" }),
    make("h3", { class: "incident-cause" }, words[`cause.${incident.cause}`] ?? incident.cause),
    make("p", { class: "incident-who" }, incident.source ?? (incident.cause === "intake" ? words.everything : "")),
    make("p", { class: "incident-when quiet" },
      [fill(words.incident_since, { time: writer.moment(incident.began_at, now) }), fill(words[`incident_${state}`], { time }),
        incident.flaps > 0 ? fill(words.incident_flaps, { n: incident.flaps }) : null].filter(Boolean).join(" · ")));
}
