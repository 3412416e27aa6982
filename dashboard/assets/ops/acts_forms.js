// What each kind of act asks for, what is sent then, and what will hold if nobody was first.

import { make } from "../data/dom.js";

const MOST = 500;
// What its text is called, and whether it has to be there.
const TEXTS = { acknowledge: ["note", false], assign: ["note", false], comment: ["comment", true],
  escalate: ["reason", true], dismiss: ["reason", true], hand_over: ["note", false] };

/** The fields of the form; the first one to type into bears data-first. */
export function fieldsOf(kind, cases, facts) {
  const { acts: words } = facts;
  const found = [make("p", { class: "act-about" }, words[`about_${kind}`])];
  if (kind === "assign" || kind === "hand_over") found.push(personField(kind, cases, facts));
  if (kind === "tie") found.push(...tieFields(cases, words));
  if (kind in TEXTS) found.push(textField(kind, found.length === 1, words));
  return found;
}

function textField(kind, first, words) {
  const [name, required] = TEXTS[kind];
  return make("div", { class: "act-asked" }, make("label", { for: "act-text" }, words[`text_${name}`]),
    make("textarea", { class: "field", id: "act-text", name: "note", rows: "3", maxlength: String(MOST),
      required: required ? "" : undefined, "data-first": first ? "" : undefined, "data-missing": `missing_${name}` }),
    make("p", { class: "act-note quiet" }, words.no_personal));
}

function personField(kind, cases, facts) {
  const { acts: words } = facts;
  const field = make("select", { class: "field", id: "act-to", name: "to", required: "", "data-first": "",
    "data-missing": "missing_to" }, make("option", { value: "" }, words.people_coming));
  peopleOf(cases, facts).then((people) => {
    const others = kind === "hand_over" ? people.filter(({ login }) => login !== facts.login) : people;
    const options = others.map(({ login, name }) => make("option", { value: login },
      login === facts.login ? `${name} (${words.me})` : name));
    const isHeld = kind === "assign" && cases.some(({ holder }) => holder);
    field.replaceChildren(make("option", { value: "" }, words[others.length ? "choose" : "people_none"]), ...options,
      ...(isHeld ? [make("option", { value: "-" }, words.to_nobody)] : []));
  });
  return make("div", { class: "act-asked" }, make("label", { for: "act-to" }, words[`to_of_${kind}`]), field);
}

const asked = new Map();

/** Persons who may act on the cases; asked for once a minute at most. */
export async function peopleOf(cases, { people }) {
  if (people) return people;
  const query = new URLSearchParams(cases.slice(0, 50).map((each) => ["case", each.case])).toString();
  const kept = asked.get(query);
  if (kept && performance.now() - kept.at < 60_000) return kept.people;
  try {
    const answer = await fetch(`/ops/people?${query}`, { cache: "no-store", signal: AbortSignal.timeout(8_000) });
    if (!answer.ok) return [];
    const told = await answer.json();
    const found = told.people ?? told;
    asked.set(query, { at: performance.now(), people: found });
    return found;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError)) throw error;
    return [];
  }
}

function tieFields([{ ties = [] }], words) {
  const other = make("div", { class: "act-asked" }, make("label", { for: "act-other" }, words.other),
    make("input", { class: "field", id: "act-other", name: "other", required: "", autocomplete: "off",
      spellcheck: "false", maxlength: "200", placeholder: words.other_example, list: "act-ties", "data-first": "",
      "data-missing": "missing_other" }),
    make("datalist", { id: "act-ties" }, ties.map((code) => make("option", { value: code }))));
  const untie = make("label", { class: "act-choice" },
    make("input", { type: "checkbox", name: "untie", value: "yes" }), words.untie);
  return ties.length === 0 ? [other] : [other, untie];
}

/** What is sent: one request for each case; cases that are handed over together bear the same shift. */
export function bodiesOf(kind, cases, said) {
  const note = said.get("note")?.trim();
  const to = said.get("to") === "-" ? null : said.get("to");
  const own = { assign: { to }, hand_over: { to, shift: shiftName() }, tie: tieOf(said) }[kind] ?? {};
  return cases.map(({ case: code, seen }) => ({ act: kind, case: code, seen, ...own, ...(note ? { note } : {}) }));
}

// Told by time and chance: crypto.randomUUID is there over HTTPS only.
const shiftName = () => `${new Date().toISOString()}-${Math.random().toString(36).slice(2, 10)}`;

function tieOf(said) {
  const other = (said.get("other") ?? "").trim();
  return said.get("untie") === "yes" ? { other, untie: true } : { other };
}

/** What will hold of the handling, to be shown until the answer comes. */
export function guessOf(kind, said, { login }) {
  const to = said.get("to") === "-" ? null : said.get("to");
  return {
    acknowledge: { acknowledged_by: login },
    assign: { holder: to },
    hand_over: { holder: to },
  }[kind] ?? {};
}
