// Form II.06a as the circular lays it out, of the area or a unit.

import { chosen, unitsOf } from "./comparing.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const COLUMNS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
const GROUPS = [["form_received", 4], ["form_settled", 4], ["form_open", 3]];

export class Forms {
  constructor(page) {
    this.page = page;
    this.place = document.getElementById("form");
    this.shown = null;
    this.asked = 0;
  }

  offer(content, { version, digest }) {
    const { words } = this.page;
    if (digest !== null && digest === this.shown && content !== null) return;
    this.shown = digest;
    this.version = version;
    if (content === null) return this.place.replaceChildren(make("p", { class: "quiet" }, words.not_sealed));
    this.unit = unitsOf("form-unit", content, this.page);
    this.unit.addEventListener("change", () => this.#load());
    this.table = make("div", { class: "archive-scroll", tabindex: "0", role: "region", "aria-label": words.form });
    this.place.replaceChildren(make("div", { class: "archive-bar" }, chosen(words.form_unit, this.unit)), this.table);
    this.#load();
  }

  async #load() {
    const number = (this.asked += 1);
    const unit = this.unit.value === "" ? {} : { unit: this.unit.value };
    const told = await this.page.ask("form", { version: this.version, ...unit });
    if (number === this.asked) redraw(this.table, told, () => this.#draw(told));
  }

  #draw(told) {
    const { words } = this.page;
    if (told === null) return make("p", {}, words.refused_away);
    if (told.form === null) return make("p", { class: "quiet" }, words.form_none);
    const { form } = told;
    if (form.heard === null) return make("p", { class: "quiet" }, `${form.title} · ${words.form_unheard}`);
    const days = { first: dayOf(form.since), last: dayOf(form.until) };
    const { writer } = this.page;
    const note = (text, n) => (n > 0 ? [make("p", { class: "quiet" }, fill(text, { n: writer.count(n) }))] : []);
    return [
      make("p", { class: "form-title" }, `${form.title} · `,
        make("span", { class: "quiet" }, fill(words.form_days, days))),
      make("table", { class: "archive-table form-table" }, heads(words), make("tbody", {}, this.#rows(form))),
      ...note(words.form_undated, form.settled_undated), ...note(words.form_unknown_level, form.unknown_level),
    ];
  }

  #rows(form) {
    const { words } = this.page;
    return [
      ...form.levels.flatMap((level, place) => [
        this.#row(roman(place + 1), level.level_name, level.cells, "level"),
        ...form.rows.filter((row) => row.level === level.level).map((row, number) =>
          this.#row(String(number + 1), row.field_name ?? words.form_unknown_field, row.cells, "field")),
      ]),
      this.#row("", words.form_total, form.total, "total"),
    ];
  }

  #row(number, name, cells, rank) {
    const { writer } = this.page;
    return make("tr", { "data-rank": rank },
      make("td", { class: "running form-number" }, number), make("th", { scope: "row" }, name),
      cells.map((cell, place) => make("td", { class: "running number", "data-any": cell === 0 ? "no" : "yes",
        "data-column": String(COLUMNS[place]) }, writer.count(cell))));
  }
}

const dayOf = (iso) => iso.split("-").reverse().join("/");
const roman = (number) => ["I", "II", "III", "IV", "V", "VI", "VII"][number - 1] ?? String(number);

const heads = (words) => make("thead", {},
  make("tr", {}, make("th", { scope: "col", rowspan: "2" }, words.form_number),
    make("th", { scope: "col", rowspan: "2" }, words.form_field),
    GROUPS.map(([name, span]) => make("th", { scope: "colgroup", colspan: String(span) }, words[name]))),
  make("tr", {}, COLUMNS.map((column) => make("th", { scope: "col" }, words[`column.${column}`]))),
  make("tr", { class: "form-numbers" },
    [1, 2, ...COLUMNS].map((column) => make("td", { class: "running" }, `(${column})`))));
