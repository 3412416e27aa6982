// The fields as rows; a rate without anything settled is "–", the field with the most overdue is marked.

import { show } from "../../page.js";

/** Longer names are set smaller, on two lines; those that do not fit there are cut at a word. */
const LONG = 24;
const LONGEST = 52;

export function paintFields(fields, scene, page) {
  const greatest = Math.max(...fields.map(({ received }) => received), 1);
  show(scene.id("fields"), { "data-known": fields.length ? "yes" : "no" });
  show(scene.id("fields-note"), { children: fields.length ? "" : scene.words.nothing });
  for (let place = 0; place < scene.rows; place += 1) paintRow(place, fields[place], greatest, scene, page);
}

function paintRow(place, field, greatest, scene, { writer }) {
  const write = (value) => (field === undefined ? "" : writer.count(value));
  show(scene.id("field", place), {
    "data-known": field === undefined ? "no" : "yes",
    "data-worst": field?.worst ? "yes" : "no",
    "data-overdue": field?.overdue > 0 ? "some" : "none",
    "data-standing": field?.standing ?? "none",
    title: field?.name ?? "",
  });
  const name = field === undefined ? "" : shortened(field.name);
  show(scene.id("field-name", place), { children: name, "data-long": name.length > LONG ? "yes" : "no" });
  show(scene.id("field-bar", place), { style: { width: `${(100 * (field?.received ?? 0)) / greatest}%` } });
  for (const column of ["received", "open", "overdue"]) {
    show(scene.id(`field-${column}`, place), { children: write(field?.[column]) });
  }
  show(scene.id("field-rate", place), { children: field === undefined ? "" : rateOf(field.rate, scene, writer) });
}

const rateOf = (rate, scene, writer) => (rate === null ? "–" : writer.figure(rate, scene.rate).join(""));

function shortened(name) {
  if (name.length <= LONGEST) return name;
  const kept = name.slice(0, LONGEST);
  return `${kept.slice(0, kept.lastIndexOf(" ") > 0 ? kept.lastIndexOf(" ") : LONGEST)}…`;
}
