// The alerts that ended lately.

import { momentOf, placeOf, titleOf } from "./written.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export function paintClosed({ closed }, page) {
  redraw(document.getElementById("closed"), closed, () =>
    closed.length === 0 ? make("p", { class: "quiet" }, page.words.history_none)
      : closed.map((alert) => row(alert, page)));
}

function row(alert, page) {
  const { words } = page;
  const said = [
    fill(words.lasted, { from: momentOf(alert.opened_at, page), to: momentOf(alert.closed_at, page) }),
    alert.ended_as === "withdrawn" ? words.withdrawn : null,
    alert.told ? null : words.untold,
  ].filter(Boolean).join(" · ");
  return make("article", { class: "alert-closed" },
    make("h3", { class: "alert-where" }, `${titleOf(alert, page)} · ${placeOf(alert.subject, page)}`),
    make("p", { class: "quiet" }, said));
}
