// A grid of any length: rows of one height, as many elements as one sees, which follow the list as it is scrolled.
//
// The grid itself has the focus and names its active row (aria-activedescendant): elements are used again for other
// rows, and the focus must not go with them.

import { RowView } from "./cells.js";
import { Heads } from "./heads.js";
import { Picked } from "./picked.js";

/** Rows above and below what one sees. */
const BEYOND = 8;
/** Rows that are asked for before one comes to them. */
const BEFORE = 40;

export class Grid {
  #views = new Map(); // by place
  #idle = [];
  #drawn = 0;
  #made = 0;
  #frame = null;
  #version = 0;

  /** `on`: need(first, last), open(row), key(event), moved(). */
  constructor(element, page, on) {
    Object.assign(this, { element, page, on });
    this.head = element.querySelector(".heads");
    this.body = element.querySelector(".rows");
    this.heads = new Heads(this.head, page, on.sort);
    this.picked = new Picked();
    this.active = 0;
    this.list = null;
    this.moved = new Map(); // case → why it does not stand where it belongs
    this.fresh = new Set(); // cases that came while one looked
    element.addEventListener("scroll", () => this.draw(), { passive: true });
    element.addEventListener("keydown", (event) => this.#key(event));
    this.body.addEventListener("mousedown", (event) => this.#press(event));
    this.body.addEventListener("dblclick", (event) => this.#open(event));
    this.body.addEventListener("click", (event) => this.#follow(event));
    element.addEventListener("focus", () => this.#comeIn());
    new ResizeObserver(() => this.#measure()).observe(element);
    this.#measure();
  }

  /** Show a list, from its beginning or from `place` on. */
  show(list, { active = 0, top = 0 } = {}) {
    this.list = list;
    this.active = Math.max(0, Math.min(active, list.number - 1));
    this.heads.show(list.query);
    this.#size();
    this.element.scrollTop = top;
    this.redraw();
  }

  /** The list has other rows now, in other places: what one looks at stays where it is. */
  replace(active, top) {
    this.active = Math.max(0, Math.min(active, this.list.number - 1));
    this.moved.clear();
    this.#size();
    if (Math.abs(this.element.scrollTop - top) >= 1) this.element.scrollTop = top;
    this.redraw();
  }

  /** First and last place that one sees. */
  get seen() {
    const first = Math.floor(this.element.scrollTop / this.height);
    const last = Math.ceil((this.element.scrollTop + this.room) / this.height) - 1;
    return [first, Math.max(first, Math.min(last, (this.list?.number ?? 0) - 1))];
  }

  get activeRow() {
    return this.list?.at(this.active);
  }

  /** What an act is about: the picked rows, or the active one. */
  get chosen() {
    if (this.picked.size > 0) return this.picked.rows((code) => this.list.known.get(code));
    return this.activeRow === undefined ? [] : [this.activeRow];
  }

  /** Draw with the next frame; `redraw` writes every row anew. */
  draw() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#paint();
    });
  }

  redraw() {
    this.#version += 1;
    this.draw();
  }

  /** Make a place the active one, and see to it that one sees it. */
  go(place) {
    if (this.list === null || this.list.number === 0) return;
    this.active = Math.max(0, Math.min(place, this.list.number - 1));
    const top = this.active * this.height;
    const { scrollTop } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.height > scrollTop + this.room) this.element.scrollTop = top + this.height - this.room;
    this.on.moved();
    this.draw();
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }

  #paint() {
    const { list } = this;
    if (list === null) return;
    const [first, last] = this.seen;
    const from = Math.max(0, first - BEYOND);
    const until = Math.min(list.number - 1, last + BEYOND);
    for (const [place, view] of this.#views) {
      if (place >= from && place <= until) continue;
      this.#views.delete(place);
      this.#idle.push(view);
    }
    for (let place = from; place <= until; place += 1) this.#put(place);
    for (const view of this.#idle) view.rest();
    const view = this.#views.get(this.active);
    const id = view !== undefined && list.number > 0 ? view.element.id : null;
    if (id === null) this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", id);
    list.need(from - BEFORE, until + BEFORE);
    this.#drawn += 1;
    this.element.dataset.drawn = String(this.#drawn);
    this.on.drawn(first, last);
  }

  #put(place) {
    let view = this.#views.get(place);
    if (view === undefined) {
      view = this.#idle.pop() ?? this.#make();
      view.element.hidden = false;
      this.#views.set(place, view);
    }
    const row = this.list.at(place);
    view.show(place, row, {
      height: this.height,
      active: place === this.active,
      picked: row !== undefined && this.picked.has(row.case),
      marks: { moved: this.moved.get(row?.case), fresh: this.fresh.has(row?.case), version: this.#version },
    });
  }

  #make() {
    const view = new RowView((this.#made += 1), this.page);
    this.body.append(view.element);
    return view;
  }

  #size() {
    const number = this.list?.number ?? 0;
    this.body.style.height = `${number * this.height}px`;
    this.element.setAttribute("aria-rowcount", String(number + 1));
  }

  // Heights follow the size of the letters, which follows the display.
  #measure() {
    const root = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const height = Math.round(root * parseFloat(getComputedStyle(this.element).getPropertyValue("--row")));
    const first = this.height === undefined ? 0 : this.element.scrollTop / this.height;
    this.room = this.element.clientHeight - this.head.offsetHeight;
    if (height !== this.height) {
      this.height = height;
      this.#size();
      this.element.scrollTop = first * height;
    }
    this.redraw();
  }

  #comeIn() {
    const [first, last] = this.seen;
    if (this.active < first || this.active > last) this.active = first;
    this.draw();
  }

  #key(event) {
    if (event.target !== this.element || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.room / this.height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps && !event.ctrlKey) {
      event.preventDefault();
      this.#step(steps[event.key], event.shiftKey);
    } else if (event.key === " ") {
      event.preventDefault();
      this.pick(this.active);
    } else if (event.key === "Enter") {
      if (this.activeRow !== undefined) this.on.open(this.activeRow, event.ctrlKey);
    } else this.on.key(event);
  }

  #step(step, isPicking) {
    const before = this.active;
    this.go(before + step);
    if (!isPicking || this.active === before || Math.abs(step) === Infinity) return;
    this.#between(before, this.active);
  }

  /** Pick a row, or leave it again. */
  pick(place) {
    const row = this.list?.at(place);
    if (row === undefined) return;
    this.picked.turn(row);
    this.on.moved();
    this.draw();
  }

  #placeOf(event) {
    const element = event.target.closest(".row");
    return element === null ? -1 : Number(element.getAttribute("aria-rowindex")) - 2;
  }

  #press(event) {
    const place = this.#placeOf(event);
    if (place < 0 || event.button !== 0) return;
    if (event.target.closest("a") !== null) {
      this.active = place;
      return;
    }
    event.preventDefault(); // no text is marked, and the grid keeps the focus
    this.focus();
    const before = this.active;
    this.go(place);
    if (event.shiftKey) this.#between(before, place);
    else if (event.ctrlKey || event.metaKey || event.target.closest(".cell-pick") !== null) this.pick(place);
  }

  #between(one, other) {
    for (let place = Math.min(one, other); place <= Math.max(one, other); place += 1) {
      this.picked.add(this.list.at(place));
    }
    this.on.moved();
    this.draw();
  }

  // A link is a link for whoever wants it beside this page; else the page remembers where the hand was.
  #follow(event) {
    if (event.target.closest("a") === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (this.activeRow !== undefined) this.on.open(this.activeRow, false);
  }

  #open(event) {
    const isCase = this.#placeOf(event) >= 0 && event.target.closest(".cell-pick") === null;
    if (isCase && this.activeRow !== undefined) this.on.open(this.activeRow, false);
  }
}
