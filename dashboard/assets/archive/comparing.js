// All figures of a section in every version, side by side; those that differ stand out.

import { valueOf } from "./said.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export class Comparing {
  constructor(page) {
    this.page = page;
    this.place = document.getElementById("compare");
    this.key = "";
    this.asked = 0;
  }

  /** What can be chosen follows from what is sealed. */
  offer(content, sealed, { version }) {
    const { page, place } = this;
    const { words, language } = page;
    const digests = sealed.map(({ digest }) => digest);
    const key = content === null ? "" : JSON.stringify([content.sections, content.units, digests]);
    if (key === this.key && this.table !== undefined) return;
    Object.assign(this, { key, version });
    this.table = make("div", { class: "archive-scroll", tabindex: "0", role: "region", "aria-label": words.compare });
    if (content === null) return place.replaceChildren(make("p", { class: "quiet" }, words.not_sealed));
    this.section = make("select", { class: "field", id: "compare-section" },
      content.sections.map(({ id, title }) => make("option", { value: id }, title[language])),
      make("option", { value: "form-ii06a" }, words.compare_form), make("option", { value: "index-scores" }, words.compare_index));
    this.unit = unitsOf("compare-unit", content, page);
    for (const select of [this.section, this.unit]) select.addEventListener("change", () => this.#load());
    place.replaceChildren(make("div", { class: "archive-bar" },
      chosen(words.compare_section, this.section), chosen(words.compare_unit, this.unit)), this.table);
    this.#load();
  }

  async #load() {
    const number = (this.asked += 1);
    const unit = this.unit.value === "" ? {} : { unit: this.unit.value };
    const told = await this.page.ask("compare", { version: this.version, section: this.section.value, ...unit });
    if (number === this.asked) redraw(this.table, told, () => this.#rows(told));
  }

  #rows(told) {
    const { words } = this.page;
    if (told === null) return make("p", {}, words.refused_away);
    if (told.rows.length === 0) return make("p", { class: "quiet" }, words.compare_none);
    return make("table", { class: "archive-table compare-table" },
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, words.change_what),
        told.versions.map((version) => make("th", { scope: "col", class: "running number" }, `v${version}`)))),
      make("tbody", {}, told.rows.map((row) => this.#row(row))));
  }

  #row({ path, title, level, column, written, values }) {
    const { words, language } = this.page;
    const cell = { level: level ?? words.compare_total, column, title: words[`column.${column}`] };
    const name = title?.[language] ?? fill(words.compare_column, cell);
    const differs = values.some((value) => value !== values[0]);
    return make("tr", { "data-path": path, "data-differs": differs ? "yes" : "no" },
      make("th", { scope: "row" }, name,
        differs ? make("span", { class: "compare-differs" }, words.compare_differs) : null),
      values.map((value) => make("td", { class: "running number" }, valueOf(value, written, this.page))));
  }
}

/** A choice with its name above it. */
export const chosen = (name, select) =>
  make("div", { class: "archive-filter" }, make("label", { for: select.id }, name), select);

/** A choice of the whole area or one of a snapshot's own units. */
export const unitsOf = (id, { units }, { words }) => make("select", { class: "field", id },
  make("option", { value: "" }, words.area), units.map(({ code, name }) => make("option", { value: code }, name)));
