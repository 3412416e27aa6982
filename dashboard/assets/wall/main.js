// The wall's script: paints the frames that lie in the page, then every frame of the feed, and keeps the page well for as
// long as it hangs there. One ticker drives everything: nothing else of it counts time.

import { paintAlerts } from "./alerts.js";
import { Feed } from "./feed.js";
import { Writer } from "./figures.js";
import { Freshness } from "./freshness.js";
import { Clock, jumpedOver } from "./healing/clocks.js";
import { DESK, Display } from "./healing/display.js";
import { Healing } from "./healing/healing.js";
import { countHeal, heals } from "./healing/heals.js";
import { HungSign } from "./healing/hung.js";
import { Reloading } from "./healing/reloading.js";
import { Renewal } from "./healing/renewal.js";
import { Stalls } from "./healing/stalls.js";
import { hatchNoData } from "./map.js";
import { fill, firstFrames, pageFacts, show } from "./page.js";
import { now, recordPaint } from "./painted.js";
import { offerPast, startPast } from "./past/past.js";
import { Rotation } from "./rotation.js";
import { Stage } from "./stage.js";
import { paintTallies } from "./tallies.js";

const LONG_STALL = 60; // seconds

function start(root) {
  const facts = pageFacts(root);
  const page = { ...facts, writer: new Writer(facts.language) };
  const clock = new Clock();
  const freshness = new Freshness(page);
  const stage = new Stage(page, freshness);
  if (page.past !== null) {
    hatchNoData();
    startPast(root, page, stage);
    return;
  }
  offerPast();
  const reloading = new Reloading(page.build);
  const renewal = new Renewal(page.healing, (ms) => page.writer.time(ms).split(":").map(Number), reloading);
  const hung = new HungSign(page.words.hung);
  const tell = () => ({ build: page.build, scene: stage.shown.name, uptime_seconds: Math.floor(renewal.uptime) });
  const display = page.display ? new Display(tell) : DESK;
  window.__ioc.heals = heals;

  const receive = (frame, secondsAgo) => {
    const receivedAt = now();
    clock.heard(frame.board.now, secondsAgo);
    stage.receive(frame, secondsAgo);
    paintTallies(frame.board, page);
    paintAlerts(frame.alerts, page);
    freshness.show(stage.shown);
    recordPaint(frame, receivedAt);
  };
  const heardBuild = (build) => {
    if (build !== page.build) reloading.plan("build");
    else reloading.cancel("build");
  };

  let ages = {}; // the first frames of a stream are the newest that the server has, however old
  const on = {
    hello: (hello) => {
      ages = hello.ages;
      freshness.sign();
      healing.greeted();
      heardBuild(hello.build);
    },
    board: (frame) => {
      const age = ages[frame.scene] ?? 0;
      delete ages[frame.scene];
      receive(frame, age);
    },
    beat: () => freshness.sign(),
    gone: ({ why }) => display.gone(why),
  };
  const feed = new Feed(`/feed/wall?scenes=${stage.names.join(",")}`, on, () => healing.broke());
  const healing = new Healing({
    feed,
    reloading,
    stage,
    renew: () => display.renew(),
    receive: ({ build, frames }) => {
      for (const { age, ...frame } of frames) receive(frame, age);
      heardBuild(build);
    },
  });
  const stalls = new Stalls((seconds) => {
    countHeal("stall");
    healing.look();
    if (seconds > LONG_STALL) reloading.plan("stall");
  });
  if (page.seconds !== null) show("wall", { "data-turns": "yes" });
  const rotation = page.seconds === null ? null : new Rotation(stage, page.seconds, Boolean(page.display));

  let jumped = jumpedOver();
  const tick = () => {
    if (jumpedOver() > jumped) healing.look(); // the machine slept, or its clock was set
    jumped = jumpedOver();
    healing.tick();
    reloading.tick();
    renewal.tick(clock.now);
    rotation?.tick();
    display.tick();
    stalls.tick(display.facts());
    show("clock", { children: page.writer.time(clock.now) });
    show("date", { children: page.writer.date(clock.now) });
    show("tally-renewing", { children: reloading.why === "build" ? page.words.renewing : "" });
    freshness.show(stage.shown);
    hung.alive(sinceWords(stage.shown, clock, page));
  };

  stage.show(stage.names[0]);
  for (const { age, ...frame } of firstFrames(root)) receive(frame, age); // what anyone sees first has its figures
  hatchNoData();
  feed.open();
  tick();
  setInterval(tick, 1_000);
  addEventListener("online", () => healing.look());
  addEventListener("pageshow", ({ persisted }) => persisted && healing.look());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    healing.look();
    tick(); // the browser held up the ticker while nobody saw the page: what it shows first is to be right
  });
  document.addEventListener("resume", () => healing.look());
}

function sinceWords({ read }, clock, { words, writer }) {
  if (read === null) return words.age_never;
  return fill(words.hung_since, { time: writer.time(clock.now - 1000 * read.seconds) });
}

// The layout comes after the page: begin as soon as it is there, before it is painted for the first time.
function whenLaidOut(act) {
  const look = () => {
    const root = document.getElementById("wall");
    if (root === null) return false;
    act(root);
    window.__ioc.started = true; // healing/boot.js asks
    return true;
  };
  if (look()) return;
  const watcher = new MutationObserver(() => look() && watcher.disconnect());
  watcher.observe(document.documentElement, { childList: true, subtree: true });
}

whenLaidOut(start);
