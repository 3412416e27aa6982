// Cases that came while somebody looks at the list: said, not pushed under their hands.

import { matches } from "./matching.js";
import { fill } from "../wall/page.js";

/** What was received so long before the page was opened is no news, even if nothing of it was seen yet. */
const BEFORE_MS = 10 * 60_000;

export class News {
  constructor(page, grid, go) {
    Object.assign(this, { page, grid, go });
    this.since = Date.now() - BEFORE_MS;
    this.waiting = new Set();
    this.button = document.getElementById("news");
    this.button.addEventListener("click", () => this.show());
  }

  /** Look through rows that changed for cases that nobody here has seen. */
  look(rows) {
    const { list, fresh } = this.grid;
    if (list === null) return;
    for (const row of rows) {
      const isNew = row.received_at !== null && Date.parse(row.received_at) >= this.since && !list.known.has(row.case);
      if (!isNew || fresh.has(row.case) || !matches(row, list.query, this.page)) continue;
      fresh.add(row.case);
      this.waiting.add(row.case);
    }
    this.#say();
  }

  /** Lead to them: the newest first. */
  show() {
    if (this.waiting.size === 0) return;
    this.waiting.clear();
    this.#say();
    this.go();
  }

  #say() {
    const { words, writer } = this.page;
    const text = this.waiting.size === 0 ? "" : fill(words.news, { n: writer.count(this.waiting.size) });
    for (const place of [this.button.querySelector("span"), document.getElementById("said")]) {
      if (place.textContent !== text) place.textContent = text;
    }
    this.button.hidden = text === "";
  }
}
