// What a screen says before it shows the wall, in both languages, Vietnamese first.

import { fill } from "../wall/page.js";

const at = (id) => document.getElementById(id);

export class Screen {
  constructor(root, languages) {
    this.root = root;
    this.languages = Object.entries(languages);
    this.values = { address: `${window.location.host}/displays/`, n: "" };
    this.until = null;
    setInterval(() => this.#count(), 1_000);
  }

  /** `face` decides the looks; the words are named, each may be missing. */
  show(face, { heading, code, what, state, again, command }) {
    this.root.dataset.face = face;
    this.#say(at("heading"), heading);
    at("heading").hidden = heading === undefined;
    write(at("code"), code ?? "");
    at("code").hidden = code === undefined;
    this.#say(at("what"), what, command);
    this.#say(at("state"), state);
    at("again").hidden = again === undefined;
    if (again !== undefined) this.#say(at("again"), again);
    if (code === undefined) this.until = null;
    this.#count();
  }

  /** The code holds for so many seconds from now. */
  holds(seconds) {
    this.until = seconds === null ? null : performance.now() + 1000 * seconds;
    this.#count();
  }

  #count() {
    const left = this.until === null ? null : Math.ceil((this.until - performance.now()) / 60_000);
    if (left !== null) this.values.n = String(left);
    this.#say(at("more"), left === null ? undefined : left > 1 ? "expires" : "expires_soon");
  }

  #say(element, name, command) {
    const lines = name === undefined
      ? []
      : this.languages.map(([language, words]) => line(language, fill(words[name], this.values)));
    if (command !== undefined) lines.push(Object.assign(document.createElement("code"), { textContent: command }));
    const now = lines.map((each) => each.outerHTML).join("");
    if (element.dataset.shown === now) return; // what is announced is announced once
    element.dataset.shown = now;
    element.replaceChildren(...lines);
  }
}

function line(language, text) {
  const made = document.createElement("span");
  made.className = `said-${language}`;
  made.lang = language;
  made.textContent = text;
  return made;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
