// The dialog that has a snapshot made by hand: which one and how; then, before anything is sent, what goes to whom.

import { refusalOf, titleOf } from "./said.js";
import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";

const EXAMPLES = {
  day: "2026-11-20", month: "2026-11", quarter: "2026-Q4", half_year: "2026-H2", nine_months: "2026-9M", year: "2026",
};

export function openRun(dialog, page) {
  const chosen = { kind: page.plans[0]?.kind ?? "", period: "", dry: true };
  dialog.replaceChildren();
  dialog.showModal(); // first: it puts the focus where it likes
  choose(dialog, chosen, page);
}

// The first step: kind, period, and whether it is only to be looked at.
function choose(dialog, chosen, page) {
  const { words, plans } = page;
  const { saying, acts } = foot(dialog, page, words.run_check, words.run_cancel, () => dialog.close());
  const help = make("p", { class: "quiet", id: "run-period-help" });
  const kind = make("select", { class: "field", id: "run-kind", name: "kind" },
    plans.map((plan) => make("option", { value: plan.kind }, plan.title[page.language])));
  kind.value = chosen.kind;
  const hint = () => {
    const plan = plans.find((each) => each.kind === kind.value);
    help.textContent = fill(words.run_period_help, { example: EXAMPLES[plan?.period] ?? "" });
  };
  kind.addEventListener("change", hint);
  hint();
  const form = make("form", { class: "archive-form" },
    make("h2", { class: "panel-title" }, words.run),
    make("label", { for: "run-kind" }, words.run_kind), kind,
    make("label", { for: "run-period" }, words.run_period),
    make("input", { class: "field", id: "run-period", name: "period", required: "", maxlength: "10",
      autocomplete: "off", pattern: "[0-9]{4}(-[0-9A-Z]{2}){0,2}", "aria-describedby": "run-period-help",
      value: chosen.period }), help,
    make("fieldset", { class: "archive-choices" }, make("legend", {}, words.run_how),
      choice("yes", words.run_dry, chosen.dry), choice("no", words.run_real, !chosen.dry)),
    saying, acts);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const asked = { kind: given.get("kind"), period: given.get("period").trim(), dry: given.get("dry") === "yes" };
    const answer = await foreseen(asked);
    if (answer.status !== 200) saying.textContent = refusalOf(answer, page);
    else if (!asked.dry && !answer.told.due) saying.textContent = words.run_period_not_over;
    else confirm(dialog, asked, answer.told, page);
  });
  dialog.replaceChildren(form);
  form.querySelector("#run-period").focus();
}

const choice = (value, text, chosen) => make("label", { class: "archive-choice" },
  make("input", { type: "radio", name: "dry", value, checked: chosen ? "" : undefined }), text);

// The second step: nothing is done before somebody has read what it will do.
function confirm(dialog, asked, told, page) {
  const { words } = page;
  const { saying, acts, submit } = foot(dialog, page, asked.dry ? words.run_dry_do : words.run_real_do, words.run_back,
    () => choose(dialog, asked, page));
  const named = { kind: titleOf(asked.kind, page), period: asked.period, version: told.version };
  const form = make("form", { class: "archive-form" },
    make("h2", { class: "panel-title" }, words.run),
    asked.dry ? make("p", { id: "run-says" }, fill(words.run_says_dry, named)) : sending(named, told, page),
    saying, acts);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const answer = await page.act("/archive/run", asked.dry ? asked : { ...asked, version: told.version });
    submit.disabled = false;
    if (answer.status !== 200) {
      saying.textContent = refusalOf(answer, page);
      return;
    }
    page.say(asked.dry ? words.done_draft : fill(words.done_run, { version: answer.told.version }));
    dialog.close();
  });
  dialog.replaceChildren(form);
  (asked.dry ? submit : acts.firstChild).focus(); // whoever presses Enter once too often sends nothing
}

function sending(named, { receivers, version, waiting }, page) {
  const { words, language } = page;
  return make("div", { id: "run-says", class: "run-says" },
    make("p", {}, receivers.length === 0 ? words.run_says_nobody : fill(words.run_says, named)),
    make("ul", { class: "run-receivers" }, receivers.map(({ id, title, channel }) =>
      make("li", { "data-receiver": id }, title[language],
        make("span", { class: "quiet" }, ` · ${words[`channel.${channel}`] ?? channel}`)))),
    waiting ? make("p", {}, fill(words.run_says_waiting, named)) : null,
    version > 1 && !waiting ? make("p", {}, fill(words.run_says_again, { n: version - 1 })) : null,
    make("p", { class: "run-final" }, words.run_says_final));
}

function foot(dialog, page, doing, undoing, undo) {
  const submit = make("button", { class: "button button-first", type: "submit" }, doing);
  const acts = make("div", { class: "archive-acts" },
    make("button", { class: "button", type: "button", onclick: undo }, undoing), submit);
  return { saying: make("p", { class: "archive-saying", role: "status" }), acts, submit };
}

async function foreseen({ kind, period }) {
  try {
    const answer = await fetch(`/archive/run/${kind}/${encodeURIComponent(period)}`, { cache: "no-store" });
    if (answer.status === 422) return { status: 422, told: { detail: "period_unknown" } }; // not even written like one
    return { status: answer.status, told: answer.ok ? await answer.json() : null };
  } catch (error) {
    if (error instanceof TypeError) return { status: 0, told: null };
    throw error;
  }
}
