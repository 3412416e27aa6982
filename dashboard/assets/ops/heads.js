// The heads of the columns: one of them can be reached by Tab, arrows go on to the others, Enter or a press sorts.

import { COLUMNS } from "./columns.js";
import { make } from "../data/dom.js";

export class Heads {
  constructor(element, { words }, sort) {
    this.sort = sort;
    this.cells = COLUMNS.map((column) => head(column, words, () => this.#turn(column.sort)));
    const row = make("div", { role: "row", class: "row-of-heads", "aria-rowindex": "1" }, this.cells);
    element.replaceChildren(row);
    this.buttons = this.cells.map((cell) => cell.querySelector("button")).filter((button) => button !== null);
    this.#reach(this.buttons[0]);
    row.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Say by what the list is sorted. */
  show(query) {
    this.query = query;
    const way = query.get("dir") === "desc" ? "descending" : "ascending";
    COLUMNS.forEach(({ sort }, column) => {
      const cell = this.cells[column];
      if (sort !== undefined && sort === query.get("sort")) cell.setAttribute("aria-sort", way);
      else cell.removeAttribute("aria-sort");
    });
  }

  #turn(sort) {
    const same = this.query.get("sort") === sort;
    const first = sort === "risk" ? "desc" : "asc"; // what is most likely to be late first
    const dir = same ? (this.query.get("dir") === "asc" ? "desc" : "asc") : first;
    this.sort(sort, dir);
  }

  #key(event) {
    const seen = this.buttons.filter((button) => button.offsetParent !== null);
    const place = seen.indexOf(event.target);
    if (place < 0) return;
    const places = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: seen.length - 1 };
    if (!(event.key in places)) return;
    event.preventDefault();
    const next = seen[Math.max(0, Math.min(seen.length - 1, places[event.key]))];
    this.#reach(next);
    next.focus();
  }

  #reach(one) {
    for (const button of this.buttons) button.tabIndex = button === one ? 0 : -1;
  }
}

function head({ name, sort }, words, turn) {
  const title = words[`head_${name}`];
  const isMark = name === "pick"; // the boxes below it say to the eye what it is
  const content = isMark ? null : sort === undefined ? make("span", {}, title)
    : make("button", { type: "button", class: "sorts", onclick: turn }, make("span", {}, title));
  return make("div", { role: "columnheader", class: `head cell-${name}`, "data-column": name,
    "aria-label": isMark ? title : undefined }, content);
}
