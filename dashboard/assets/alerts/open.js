// The open alerts: what, where, since when, which cases, who was told.

import { sendings } from "./sendings.js";
import { amountOf, momentOf, placeOf, titleOf } from "./written.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const CODES = 8;

export function paintOpen(state, page) {
  const { open, may_act: mayAct } = state;
  redraw(document.getElementById("open"), [open, mayAct], () =>
    open.length === 0 ? make("p", { class: "quiet" }, page.words.open_none)
      : open.map((alert) => row(alert, state, page)));
}

function row(alert, { may_act: mayAct, everywhere }, page) {
  const { words } = page;
  const level = alert.silenced ? "silenced" : alert.level;
  const where = `${alert.address}${alert.address.includes("?") ? "&" : "?"}lang=${page.language}`;
  const maySilence = mayAct && (everywhere || /^\d+$/.test(alert.subject));
  return make("article", { class: "alert", "data-level": level, "data-alert": String(alert.id) },
    make("span", { class: "mark", "data-level": level, "aria-hidden": "true" }),
    make("div", { class: "alert-what" },
      make("h3", { class: "alert-title" }, titleOf(alert, page), make("span", { class: "alert-level" },
        alert.silenced ? words.silenced : words[`level_${alert.level}`])),
      make("p", { class: "alert-where" }, [placeOf(alert.subject, page), amountOf(alert, page)].filter(Boolean).join(" · ")),
      make("p", { class: "quiet" }, when(alert, page)),
      alert.cases.length === 0 ? null : codes(alert, page),
      sendings(alert, page)),
    make("div", { class: "alert-acts" },
      make("a", { class: "button", href: where, "data-key": `look-${alert.id}` }, words.look),
      maySilence ? make("button", { class: "button", type: "button", "data-key": `silence-${alert.id}`,
        onclick: () => page.silence(alert) }, words.silence) : null));
}

function when(alert, page) {
  const { words } = page;
  return [fill(words.since, { time: momentOf(alert.opened_at, page) }),
    alert.held === null ? null : fill(words.held, { why: words[`held_${alert.held}`] ?? alert.held }),
    alert.well_since === null ? null : words.recovering].filter(Boolean).join(" · ");
}

function codes({ cases, number }, { words, language, writer }) {
  const shown = cases.slice(0, CODES);
  const links = shown.map((code) =>
    make("a", { class: "alert-case", href: `/ops/case/${encodeURI(code)}?lang=${language}` }, code));
  const more = number - shown.length;
  return make("p", { class: "alert-cases" }, links,
    more > 0 ? make("span", { class: "quiet" }, fill(words.more_cases, { n: writer.count(more) })) : null);
}
