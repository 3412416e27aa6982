// The latest events, the newest first.

import { show } from "./page.js";

/** `latest` as in a board; null where what happened then was not kept. */
export function paintTicker(board, latest, scene, { units, words, writer }) {
  const note = latest === null ? words.not_kept : latest.length === 0 ? words.no_events : "";
  show(scene.id("ticker-note"), { children: note });
  for (let place = 0; place < scene.events; place += 1) {
    const event = latest?.[place];
    show(scene.id("event", place), { "data-status": event ? String(event.status) : "none" });
    show(scene.id("event-time", place), { children: event ? writer.moment(event.at, board.now) : "" });
    show(scene.id("event-status", place), { children: event ? words[`status.${event.status}`] : "" });
    show(scene.id("event-unit", place), { children: event ? (units[event.unit] ?? words.unknown_unit) : "" });
  }
}
