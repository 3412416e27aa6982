// Beside the slots: who makes snapshots and when they were last heard, what is due next, and dry runs.

import { badge } from "./badges.js";
import { momentOf, sizeOf, titleOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const SILENT_MS = 60_000;

export function paintScheduler({ schedulers }, page) {
  const { words, clock } = page;
  const known = schedulers.map((each) => ({ ...each, silent: clock.now - Date.parse(each.seen_at) > SILENT_MS }));
  const running = known.filter(({ silent }) => !silent);
  const told = running.length > 0 ? running : known; // who is gone matters only where nobody else is there
  redraw(document.getElementById("scheduler"), told, () =>
    told.length === 0 ? make("p", { class: "quiet" }, words.scheduler_none)
      : told.map((each) => make("article", { class: "archive-item", "data-scheduler": each.name },
        make("span", { class: "mark", "data-level": each.silent ? "bad" : "good", "aria-hidden": "true" }),
        make("h3", { class: "archive-name" }, each.name),
        make("p", { class: "quiet" }, `${words.scheduler_seen}: `,
          make("time", { class: "running", "data-since": each.seen_at, datetime: each.seen_at })),
        make("p", { class: "quiet" }, doing(each, page)))));
}

const doing = (each, page) =>
  [each.doing, fill(page.words.scheduler_since, { time: momentOf(each.started_at, page) })].filter(Boolean).join(" · ");

export function paintComing({ coming }, page) {
  const { words } = page;
  redraw(document.getElementById("coming"), coming, () =>
    coming.length === 0 ? make("p", { class: "quiet" }, words.coming_none)
      : make("ol", { class: "archive-coming" }, coming.map(({ kind, period, due_at: dueAt }) => make("li", {},
        make("time", { class: "running", datetime: dueAt }, momentOf(dueAt, page)),
        make("span", {}, `${titleOf(kind, page)} `, make("span", { class: "quiet running" }, period))))));
}

export function paintDrafts({ drafts }, page) {
  const place = document.getElementById("drafts");
  if (place === null) return;
  const { words } = page;
  document.getElementById("drafts-note").textContent = words.drafts_note;
  redraw(place, drafts, () => [
    make("button", { class: "button button-first", type: "button", "data-key": "run", onclick: page.run }, words.run),
    drafts.length === 0 ? make("p", { class: "quiet" }, words.drafts_none) : drafts.map((draft) => item(draft, page)),
  ].flat());
}

function item(draft, page) {
  const { words } = page;
  const files = ["json", "xlsx", "pdf"].map((name) => [name, draft[`${name}_bytes`]])
    .filter(([, bytes]) => bytes !== null);
  const failed = draft.error !== null;
  const level = failed ? "bad" : draft.done_at === null ? "none" : "good";
  const state = failed ? fill(words.draft_failed, { error: draft.error })
    : draft.done_at === null ? words.draft_waiting : fill(words.draft_done, { time: momentOf(draft.done_at, page) });
  return make("article", { class: "archive-item", "data-draft": String(draft.id) },
    make("span", { class: "mark", "data-level": level, "aria-hidden": "true" }),
    make("h3", { class: "archive-name" }, `${titleOf(draft.kind, page)} · ${draft.period} `, badge("draft", words)),
    make("p", { class: failed ? "slot-error" : "quiet" }, state),
    make("p", { class: "quiet" }, fill(words.draft_by, { by: draft.asked_by, time: momentOf(draft.asked_at, page) })),
    files.length === 0 ? null : make("p", { class: "archive-links" }, files.map(([name, bytes]) =>
      make("a", { href: `/archive/drafts/${draft.id}/snapshot.${name}`, download: "",
        "data-key": `draft-${draft.id}-${name}` }, `${name.toUpperCase()} (${sizeOf(bytes, page)})`))));
}
