// The wall's script: paints the frames that lie in the page, then every frame of the feed.

import { Feed, reloadSoon } from "./feed.js";
import { Writer } from "./figures.js";
import { Freshness } from "./freshness.js";
import { hatchNoData } from "./map.js";
import { firstFrames, pageFacts, show } from "./page.js";
import { now, recordPaint } from "./painted.js";
import { Stage } from "./stage.js";
import { paintTallies } from "./tallies.js";

function start(root) {
  const facts = pageFacts(root);
  const page = { ...facts, writer: new Writer(facts.language) };
  const freshness = new Freshness(page);
  const stage = new Stage(page, freshness);
  const receive = (frame, secondsAgo) => {
    const receivedAt = now();
    stage.receive(frame, secondsAgo);
    paintTallies(frame.board, page);
    freshness.show(stage.shown);
    recordPaint(frame, receivedAt);
  };
  const tick = () => {
    show("clock", { children: page.writer.time(Date.now()) });
    show("date", { children: page.writer.date(Date.now()) });
    freshness.show(stage.shown);
  };
  // At once, not when React gets round to it: the first thing anyone sees has its figures.
  window.ReactDOM.flushSync(() => {
    stage.show(stage.names[0]);
    for (const { age, ...frame } of firstFrames(root)) receive(frame, age);
  });
  tick();
  hatchNoData();
  setInterval(tick, 1_000);
  let ages = {}; // the first frames of a stream are the newest that the server has, however old
  new Feed(`/feed/wall?scenes=${stage.names.join(",")}`, {
    hello: (hello) => {
      ages = hello.ages;
      if (hello.build !== page.build) reloadSoon();
    },
    board: (frame) => {
      receive(frame, ages[frame.scene] ?? 0);
      delete ages[frame.scene];
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
