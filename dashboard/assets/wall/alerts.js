// The sign of open alerts at the foot: how many, and the worst of them. Where nobody looks for alerts it says so.

import { fill, show } from "./page.js";

/** `alerts` is null where no alerting service ever ran, and of the past: then there is no sign. */
export function paintAlerts(alerts, page) {
  const { level, text } = signOf(alerts, page);
  show("tally-alerts", { "data-level": level, children: text });
}

function signOf(alerts, { alerts: said, writer, units, language }) {
  if (!alerts) return { level: "none", text: "" };
  if (!alerts.known) return { level: "unknown", text: said.unknown };
  if (alerts.worst === null) return { level: "none", text: "" };
  const { level, title, subject } = alerts.worst;
  const worst = fill(said.worst, { title: title[language], place: placeOf(subject, said, units) });
  return { level, text: `${fill(said.count, { n: writer.count(alerts.number) })} · ${worst}` };
}

function placeOf(subject, said, units) {
  if (subject === "area") return said.area;
  if (subject.startsWith("source:")) return fill(said.source, { source: subject.slice("source:".length) });
  if (subject.startsWith("cause:")) return said[`cause_${subject.slice("cause:".length)}`] ?? subject;
  return units[subject] ?? subject;
}
