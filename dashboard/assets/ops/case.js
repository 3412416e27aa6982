// The page of a case: reads it when the feed says that it changed, else now and then, and lets people act on it.

import { Asking } from "../data/asking.js";
import { Head } from "../data/head.js";
import { letterPanel } from "../letters/panel.js";
import { Writer } from "../wall/figures.js";
import { fill, pageFacts } from "../wall/page.js";
import { Acting } from "./case_acting.js";
import { paintDone } from "./case_done.js";
import { follow } from "./case_feed.js";
import { paintHead } from "./case_head.js";
import { Picture } from "./case_picture.js";
import { paintStory } from "./case_story.js";
import { paintTies } from "./case_ties.js";
import { Moments } from "./case_written.js";

const EVERY_MS = 5_000;
/** The feed tells each change of a case that stands in the queue: what is left to be read anew is the time that runs. */
const FOLLOWED_MS = 60_000;
const QUEUED = new Set(["application", "document"]);

const root = document.getElementById("case");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language) };
page.moments = new Moments(page);
const head = new Head(page, root);
let fed = false;
let queued = false;
const picture = new Picture(page);
const acting = new Acting(page, () => asking.now(), (state) => paint(state));
if (page.past) past();

const asking = new Asking(() => address(), page.build, ({ now, age, state }) => {
  head.clock.set(Date.parse(now));
  page.now = head.clock.now;
  paint(acting.expecting(state));
  head.answer(now, age);
  queued = state.is_open && QUEUED.has(state.kind);
  pace();
  root.dataset.case = "shown";
}, EVERY_MS, refused);
if (!page.past) {
  follow(page.case, {
    changed: () => asking.now(),
    heard: (sign) => {
      fed = true;
      pace();
      if (queued) head.answer(sign.now, sign.age);
    },
    lost: () => {
      if (fed) asking.now();
      fed = false;
      pace();
    },
  });
}
let letter = null;

function paint(state) {
  acting.show(state);
  for (const painter of [paintHead, paintStory, paintDone, paintTies]) painter(state, page);
  picture.show(state);
  if (letter === null && !page.past && state.kind === "application") showLetter();
}

// While the feed tells of this case there is no need to ask for it again and again.
function pace() {
  asking.every = fed && queued ? FOLLOWED_MS : EVERY_MS;
  root.dataset.followed = fed && queued ? "yes" : "no";
}

function showLetter() {
  const place = document.getElementById("letter");
  letter = letterPanel(place, { case: page.case, words: page.letter, may_act: page.may_act, language: page.language });
  place.addEventListener("letter", () => asking.now());
}

// The session is over: the way to sign in leads back to here. Or the case has gone to a unit outside the scope.
function refused(status) {
  if (status !== 404) return window.location.reload();
  for (const part of document.querySelectorAll("#case > :not(.header, .past)")) part.remove();
  const element = document.getElementById("past");
  element.textContent = page.words.unknown;
  element.hidden = false;
}

// What the past is, and the way back to the present.
function past() {
  const { words, at, known, moments } = page;
  const element = document.getElementById("past");
  const link = document.createElement("a");
  link.className = "link";
  const query = new URLSearchParams(window.location.search);
  for (const name of ["at", "known"]) query.delete(name);
  link.href = `?${query}`;
  link.textContent = words.to_present;
  const said = { at: moments.moment(at ?? known), known: known === null ? "" : moments.moment(known) };
  element.replaceChildren(fill(words[known === null ? "past" : "past_known"], said), " ", link);
  element.hidden = false;
  root.dataset.then = "yes";
}


function address() {
  const query = new URLSearchParams({ lang: page.language });
  for (const [name, value] of Object.entries(page.keep)) if (name !== "theme") query.set(name, value);
  return `/ops/case/${page.case.split("/").map(encodeURIComponent).join("/")}/facts.json?${query}`;
}
