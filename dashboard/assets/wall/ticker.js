// The latest events, the newest first.

import { show } from "./page.js";

export function paintTicker(board, { events, units, words, writer }) {
  const latest = board.latest;
  show("ticker-note", { children: latest.length === 0 ? words.no_events : "" });
  for (let place = 0; place < events; place += 1) {
    const event = latest[place];
    show(`event-${place}`, { "data-status": event ? String(event.status) : "none" });
    show(`event-time-${place}`, { children: event ? writer.moment(event.at, board.now) : "" });
    show(`event-status-${place}`, { children: event ? words[`status.${event.status}`] : "" });
    show(`event-unit-${place}`, { children: event ? (units[event.unit] ?? words.unknown_unit) : "" });
  }
}
