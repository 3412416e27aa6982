// The columns: what each says of a row in its line and under it, and by what it sorts.

import { remainingSaid, stateOf } from "./said.js";
import { fill } from "../wall/page.js";

const NOTHING = "–";

/** Each `said(row, page)` answers {text, under, title, mark, tone, href}: texts, never markup. */
export const COLUMNS = [
  { name: "pick", said: () => ({ text: "" }) },
  { name: "state", said: state },
  { name: "remaining", sort: "remaining", said: remaining },
  { name: "due", sort: "due", said: due },
  { name: "case", sort: "case", said: code },
  { name: "procedure", sort: "procedure", said: procedure },
  { name: "unit", sort: "unit", said: unit },
  { name: "status", sort: "status", said: status },
  { name: "holder", sort: "holder", said: holder },
  { name: "risk", sort: "risk", said: risk },
];

/** By what else a list is sorted than by what stands in a head. */
export const SORTS = ["remaining", "due", "received", "case", "procedure", "field", "unit", "status", "holder", "risk"];

/** Where the whole story of a case is told. */
export const caseAddress = (row, { language }) => `/ops/case/${encodeURI(row.case)}?lang=${language}`;

function state(row, page) {
  const { words } = page;
  const mark = stateOf(row, page);
  const text = words[`state_${mark}`];
  if (row.letter !== "none") return { text, under: words[`letter_${row.letter}`], mark, tone: `letter-${row.letter}` };
  return { text, under: row.late_by_index && !row.overdue ? words.late_by_index : "", mark };
}

function remaining(row, page) {
  const under = row.paused === null ? "" : page.words.clock_stands;
  const late = row.overdue || (row.remaining !== null && row.remaining < 0);
  const tone = row.paused !== null ? "quiet" : late ? "bad" : stateOf(row, page) === "due_soon" ? "warn" : "none";
  return { text: remainingSaid(row, page), under, tone };
}

function due(row, { words, calendar }) {
  if (row.due_at === null) return { text: NOTHING };
  return { text: calendar.day(row.due_at), under: row.overdue ? words.due_over : calendar.minute(row.due_at) };
}

function code(row, page) {
  const { words, calendar } = page;
  const { received_at: at } = row;
  const received = at === null ? words.not_received : fill(words.received, { time: calendar.moment(at) });
  const sign = documentOf(row)?.sign ?? row.case;
  return { text: sign, under: received, title: sign === row.case ? undefined : row.case, href: caseAddress(row, page) };
}

// A document's case is named document/incoming/<to>/<from>/<day>/<number>/<notation>: officials go by the last two.
function documentOf({ kind, case: named }) {
  const [, way, , from, day, number, ...notation] = named.split("/");
  return kind !== "document" || notation.length === 0 ? null : { way, from, day, sign: [number, ...notation].join("/") };
}

function procedure(row, { words }) {
  if (row.kind === "document") return document(row, words);
  if (row.procedure === null) return { text: words.no_procedure };
  const { code: number } = row.procedure;
  const name = row.procedure.name ?? number;
  const field = row.field?.name ?? "";
  return { text: name, under: field, title: `${number} · ${name}${field === "" ? "" : ` · ${field}`}` };
}

function document(row, words) {
  const told = documentOf(row);
  const text = words[`document_${told?.way}`] ?? words.document;
  const day = told?.day.split("-").reverse().join("/");
  return { text, under: told === null ? "" : fill(words.document_from, { from: told.from, day }), title: row.case };
}

function unit(row, { units, words }) {
  const text = units[row.unit] ?? (row.unit === "00000" ? words.no_unit : row.unit);
  return { text, under: row.channel === null ? "" : (words[`channel_${row.channel}`] ?? row.channel) };
}

function status(row, page) {
  const { words, calendar } = page;
  const text = words[`${row.kind === "document" ? "document_status" : "status"}.${row.status}`] ?? String(row.status);
  if (row.paused === null) return { text };
  const reason = words[`paused_${row.paused.reason}`];
  const since = fill(words.paused_since, { time: calendar.moment(row.paused.since) });
  return { text, under: since, title: `${reason} · ${since}`, mark: "paused" };
}

function holder(row, page) {
  const { words, me, calendar, pending, people } = page;
  const waits = pending.get(row.case);
  const { holder: login, acknowledged_until: until, rank } = { ...row.handling, ...waits?.guess };
  const text = login === null ? words.nobody : login === me.login ? words.mine : (people[login] ?? login);
  if (waits !== undefined) return { text, under: waits.said, tone: "pending" };
  const parts = [rank > 0 ? fill(words.escalated, { n: rank }) : null,
    until === null ? null : fill(words.acknowledged_until, { time: calendar.moment(until) })];
  return { text, under: parts.filter((part) => part !== null).join(" · "), mark: rank > 0 ? "escalated" : undefined,
    tone: login === null ? "quiet" : login === me.login ? "mine" : "none", title: login ?? undefined };
}

// A forecast is no fact: it says "khoảng", it is drawn open, and its sentence says what it rests on.
function risk(row, { words, writer, language }) {
  if (row.risk === null) return { text: "" };
  const { chance, why, warned = true } = row.risk;
  const text = fill(words.chance, { n: writer.percent(Math.min(0.99, Math.max(0.01, chance)), 0) });
  const sentence = why?.[language];
  const said = { text, title: sentence, describes: sentence };
  return warned ? { ...said, under: words.forecast, mark: "risk", tone: "forecast" } : { ...said, tone: "quiet" };
}
