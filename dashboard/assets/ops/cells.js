// One row of the grid: made once, then written over and over as the list moves under it. Only what differs is written.

import { COLUMNS } from "./columns.js";
import { make } from "../data/dom.js";

export class RowView {
  #shown = null;

  constructor(slot, page) {
    this.page = page;
    this.cells = COLUMNS.map(({ name }) => cell(name));
    const cells = this.cells.map((each) => each.element);
    this.element = make("div", { role: "row", class: "row", id: `row-${slot}` }, cells);
  }

  /** Stand nowhere, until it is needed again. */
  rest() {
    this.element.hidden = true;
    for (const name of ["data-active", "data-case", "aria-selected"]) this.element.removeAttribute(name);
  }

  /** Stand at a place of the list and show a row: undefined while it is on its way. */
  show(place, row, { height, active, picked, marks }) {
    if (this.place !== place || this.height !== height) {
      this.place = place;
      this.height = height;
      this.element.style.transform = `translateY(${place * height}px)`;
      this.element.setAttribute("aria-rowindex", String(place + 2)); // the heads are the first row
    }
    set(this.element, "data-active", active ? "yes" : null);
    set(this.element, "aria-selected", picked ? "true" : "false");
    set(this.element, "data-case", row?.case ?? null);
    set(this.element, "data-state", row === undefined ? "coming" : null);
    set(this.element, "data-moved", marks.moved ?? null);
    set(this.element, "data-fresh", marks.fresh ? "yes" : null);
    if (this.#shown === row && this.version === marks.version && row !== undefined) return;
    this.#shown = row;
    this.version = marks.version;
    COLUMNS.forEach(({ said }, column) => write(this.cells[column], row === undefined ? {} : said(row, this.page)));
  }
}

function cell(name) {
  const line = make(name === "case" ? "a" : "span", { class: "line", tabindex: name === "case" ? "-1" : undefined });
  const under = make("span", { class: "under" });
  const element = make("div", { role: "gridcell", class: `cell cell-${name}` }, line, under);
  return { element, line, under };
}

function write({ element, line, under }, { text = "", under: more = "", title, mark, tone, href, describes }) {
  if (line.textContent !== text) line.textContent = text;
  if (under.textContent !== more) under.textContent = more;
  set(element, "data-mark", mark ?? null);
  set(element, "data-tone", tone ?? null);
  set(element, "title", title ?? null);
  set(element, "aria-description", describes ?? null);
  if (href !== undefined) set(line, "href", href);
}

function set(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
