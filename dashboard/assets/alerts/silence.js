// The dialog that puts an alert aside: what of it, until when, and why.

import { placeOf, titleOf } from "./written.js";
import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";

const HOURS = [1, 4, 24, 72, 168];
const FIRST = 4;

export function openSilence(dialog, alert, page) {
  const { words } = page;
  const saying = make("p", { class: "alert-saying", role: "status" });
  const submit = make("button", { class: "button button-first", type: "submit" }, words.silence_do);
  const form = make("form", { class: "alert-form" },
    make("h2", { class: "panel-title" }, words.silence_title),
    make("p", { class: "quiet" }, words.silence_what),
    choices("what", words.silence_of, whats(alert, page), "this"),
    choices("hours", words.silence_for, HOURS.map((hours) => [String(hours), words[`silence_${hours}`]]), String(FIRST)),
    make("label", { for: "silence-reason" }, words.silence_reason),
    make("input", { class: "field", id: "silence-reason", name: "reason", maxlength: "500", required: "",
      autocomplete: "off" }),
    saying,
    make("div", { class: "alert-acts" },
      make("button", { class: "button", type: "button", onclick: () => dialog.close() }, words.cancel), submit));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    submit.disabled = true;
    const refused = await page.put({ ...bodyOf(given.get("what"), alert), hours: Number(given.get("hours")),
      reason: given.get("reason") });
    submit.disabled = false;
    if (refused === null) dialog.close();
    else saying.textContent = refused;
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}

function whats(alert, page) {
  const values = { title: titleOf(alert, page), place: placeOf(alert.subject, page) };
  const all = page.everywhere ? ["this", "rule", "unit"] : ["this", "unit"]; // nobody puts aside what is about others
  return all.map((what) => [what, fill(page.words[`silence_${what}`], values)]);
}

const bodyOf = (what, { rule, subject }) =>
  ({ this: { rule, unit: subject }, rule: { rule }, unit: { unit: subject } })[what];

function choices(name, title, options, chosen) {
  return make("fieldset", { class: "alert-choices" }, make("legend", {}, title),
    options.map(([value, text]) => make("label", { class: "alert-choice" },
      make("input", { type: "radio", name, value, checked: value === chosen ? "" : undefined }), text)));
}
