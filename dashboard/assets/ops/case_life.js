// What the picture shows, in words: for those who can't see it, and for everybody who wants to be sure.

import { fill } from "../wall/page.js";
import { wordOf } from "./case_written.js";

export function lifeSaid({ timeline, kind }, { words, moments, now }) {
  const short = (iso) => moments.short(iso, now);
  const { received, ended, dues, events } = timeline;
  const paused = timeline.spans.filter(({ kind }) => kind === "paused");
  const over = timeline.spans.find(({ kind }) => kind === "over");
  const moved = dues.length > 1;
  const late = events.filter((each) => each.late).length;
  const said = [
    received === null ? words.life_begun_unknown
      : fill(wordOf(words, "life_begun", kind), { received: short(received) }),
    ended === null ? fill(words.life_open, { now: short(timeline.now) })
      : fill(words.life_ended, { ended: short(ended) }),
    dues.length === 0 ? words.life_no_due : fill(wordOf(words, "life_due", kind), { due: short(dues.at(-1).due) }),
    moved ? fill(words.life_moved, { n: dues.length - 1, dues: dues.map(({ due }) => short(due)).join(" → ") })
      : null,
    paused.length === 0 ? null : fill(words.life_paused, { n: paused.length,
      pauses: paused.map(({ from, to }) => fill(words.from_to, { from: short(from), to: short(to) })).join("; ") }),
    over === undefined ? null : fill(words.life_over, { since: short(over.from) }),
    fill(words[late === 0 ? "life_events" : "life_events_late"], { n: events.length, late }),
  ].filter((each) => each !== null);
  return `${said.join("; ")}.`;
}
