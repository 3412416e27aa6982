// A wall of the past: the same scene, painted from what is read as of a moment, and marked so that nobody takes it for
// live. There is no feed here: nothing changes unless somebody moves the bar.

import { make } from "../../data/dom.js";
import { show } from "../page.js";
import { Bar } from "./bar.js";
import { differences } from "./differences.js";
import { localName } from "./moments.js";

const SETTLED_MS = 120; // a bar that is being dragged asks once it rests

export function startPast(root, page, stage) {
  const scene = stage.shown;
  const { words } = page.past;
  const sign = make("p", { class: "past-sign", role: "status" });
  const drawer = make("aside", { class: "past-drawer panel", "aria-label": words.both, hidden: "" });
  const reading = new Reading(page, scene);
  const look = (at, known) => {
    remember(at, known);
    show("wall", { "data-age": "very-old" }); // until it is read, the figures are of another moment
    reading.ask(at, known);
  };
  reading.answered = (then, now, known) => {
    const frame = known === "now" ? now : then;
    const at = Date.parse(frame.board.now); // what is read is told, not what was asked for
    stage.receive(frame, 0);
    sign.textContent = signOf(at, known, page);
    show("clock", { children: page.writer.minute(at) });
    show("date", { children: page.writer.date(at) });
    drawer.hidden = known !== "both";
    if (known === "both") drawer.replaceChildren(differences(then, now, scene, page));
    show("freshness", { "data-state": "past" });
    show("freshness-state", { children: words.state });
    show("freshness-age", { children: "" });
    show("wall", { "data-freshness": "past", "data-age": "new" });
  };
  reading.refused = (why) => {
    sign.textContent = words[`refused_${why}`] ?? words.refused_away;
    show("wall", { "data-freshness": "past" });
  };
  const bar = new Bar({ words, writer: page.writer, live: liveAddress() }, Date.parse(page.past.at), page.past.known, look);
  root.dataset.past = "yes";
  root.querySelector(".stage").append(drawer);
  root.querySelector(".header").after(sign);
  root.querySelector(".footer").replaceWith(bar.element);
  stage.show(scene.name);
  sign.textContent = words.sign;
  look(bar.at, bar.known);
}

/** Asks for what is shown, the newest wish only; a wish that was overtaken is dropped. */
class Reading {
  constructor(page, scene) {
    this.page = page;
    this.scene = scene;
    this.waiting = undefined;
    this.asking = null;
  }

  ask(at, known) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#read(at, known), SETTLED_MS);
  }

  async #read(at, known) {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    try {
      const ways = known === "both" ? ["then", "now"] : [known];
      const answers = await Promise.all(ways.map((way) => this.#frame(at, way, asking.signal)));
      const of = Object.fromEntries(ways.map((way, place) => [way, answers[place]]));
      this.answered(of.then, of.now, known);
    } catch (error) {
      if (!asking.signal.aborted) this.refused(error instanceof Refused ? error.message : "away");
    }
  }

  async #frame(at, known, signal) {
    const query = new URLSearchParams({ scenes: this.scene.name, at: localName(at), known });
    const answer = await fetch(`/wall/past?${query}`, { signal, cache: "no-store" });
    const told = await answer.json();
    if (!answer.ok) throw new Refused(told.why);
    // Other units were in force then: the page has to be laid out for them.
    if (told.area !== this.page.past.area) window.location.reload();
    return told.frames[0];
  }
}

class Refused extends Error {}

function signOf(at, known, { writer, past: { words } }) {
  return `${words.sign} · ${writer.minute(at)}, ${writer.date(at)} · ${words[`sign_${known}`]}`;
}

// The address says what is shown, so that it can be sent to somebody.
function remember(at, known) {
  const address = new URL(window.location.href);
  address.searchParams.set("at", localName(at));
  address.searchParams.set("known", known);
  window.history.replaceState(null, "", address);
}

/** Lets the link in the head of a live wall lead to what this scene showed at the moment it is followed. */
export function offerPast() {
  const link = document.getElementById("look-back");
  link?.addEventListener("click", () => {
    const address = new URL(window.location.href);
    address.searchParams.set("at", localName(Date.now()));
    link.href = address.search;
  });
}

function liveAddress() {
  const address = new URL(window.location.href);
  for (const name of ["at", "known"]) address.searchParams.delete(name);
  return address.pathname + address.search;
}
