// The wall's script: paints the board that lies in the page, then every board of the feed.

import { Feed, reloadSoon } from "./feed.js";
import { Writer } from "./figures.js";
import { Freshness } from "./freshness.js";
import { hatchNoData, keepMapToScale, paintMap } from "./map.js";
import { firstBoard, pageFacts, show } from "./page.js";
import { now, recordPaint } from "./painted.js";
import { paintRank } from "./rank.js";
import { paintSplit } from "./split.js";
import { paintTallies } from "./tallies.js";
import { paintTicker } from "./ticker.js";
import { paintTiles } from "./tiles.js";

const PAINTERS = [paintTiles, paintSplit, paintRank, paintMap, paintTicker, paintTallies];

function start(root) {
  const facts = pageFacts(root);
  const style = getComputedStyle(root);
  const colours = Object.fromEntries(
    ["none", "good", "warn", "bad"].map((standing) => [standing, style.getPropertyValue(`--trend-${standing}`).trim()]),
  );
  const page = { ...facts, writer: new Writer(facts.language), colours };
  const freshness = new Freshness(page);
  const paint = ({ board, shades }, secondsAgo) => {
    const receivedAt = now();
    for (const painter of PAINTERS) painter(board, page, shades);
    freshness.board(board.state, secondsAgo);
    freshness.show();
    recordPaint(board, receivedAt);
  };
  const tick = () => {
    show("clock", { children: page.writer.time(Date.now()) });
    show("date", { children: page.writer.date(Date.now()) });
    freshness.show();
  };
  const first = firstBoard(root);
  // At once, not when React gets round to it: the first thing anyone sees has its figures.
  if (first !== null) window.ReactDOM.flushSync(() => paint(first, first.age));
  tick();
  hatchNoData();
  keepMapToScale(page);
  setInterval(tick, 1_000);
  let ageOfNext = 0; // the first board of a stream is the newest that the server has, however old
  new Feed("/feed/wall", {
    hello: ({ build, age }) => {
      ageOfNext = age ?? 0;
      if (build !== page.build) reloadSoon();
    },
    board: (frame) => {
      paint(frame, ageOfNext);
      ageOfNext = 0;
    },
    beat: () => freshness.sign(),
  });
}

// The layout comes after the page: begin as soon as it is there, before it is painted for the first time.
function whenLaidOut(act) {
  const look = () => {
    const root = document.getElementById("wall");
    if (root === null || window.dash_clientside?.set_props === undefined) return false;
    act(root);
    return true;
  };
  if (look()) return;
  const watcher = new MutationObserver(() => look() && watcher.disconnect());
  watcher.observe(document.documentElement, { childList: true, subtree: true });
}

whenLaidOut(start);
