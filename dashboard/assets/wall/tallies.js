// received = applied + duplicates + quarantined, and the newest event that is counted.

import { fill, show } from "./page.js";

export function paintTallies(board, { words, writer }) {
  for (const name of ["received", "applied", "duplicates", "quarantined"]) {
    const value = board.tallies[name];
    show(`tally-${name}`, { children: fill(words[`tally_${name}`], { value: writer.count(value) }) });
  }
  show("tally-quarantined", { "data-any": board.tallies.quarantined > 0 ? "yes" : "no" });
  show("tally-halted", { children: board.halted.length ? fill(words.halted, { n: board.halted.length }) : "" });
  const time = board.known_until === null ? "–" : writer.moment(board.known_until, board.now);
  show("tally-known", { children: fill(words.known_until, { time }) });
}
