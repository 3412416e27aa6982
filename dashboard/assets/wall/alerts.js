// The sign of open alerts at the foot: how many, and the worst of them. Where nobody looks for alerts it says so.

import { fill, show } from "./page.js";

/** `alerts` is null where no alerting service ever ran, and of the past: then there is no sign. */
export function paintAlerts(alerts, page) {
  const { level, text } = signOf(alerts, page);
  show("tally-alerts", { "data-level": level, children: text });
}

function signOf(alerts, { alerts: words, writer, units, language }) {
  if (!alerts) return { level: "none", text: "" };
  if (!alerts.known) return { level: "unknown", text: words.unknown };
  if (alerts.worst === null) return { level: "none", text: "" };
  const { level, title, subject } = alerts.worst;
  const worst = fill(words.worst, { title: title[language], place: placeOf(subject, words, units) });
  return { level, text: `${fill(words.count, { n: writer.count(alerts.number) })} · ${worst}` };
}

function placeOf(subject, words, units) {
  if (subject === "area") return words.area;
  if (subject.startsWith("source:")) return fill(words.source, { source: subject.slice("source:".length) });
  if (subject.startsWith("cause:")) return words[`cause_${subject.slice("cause:".length)}`] ?? subject;
  return units[subject] ?? subject;
}
