// The filters above the list: a search, lists to choose from, and chips with how many cases each stands for.

import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const AFTER_TYPING_MS = 220;
const STATES = ["overdue", "due_soon", "warned", "paused", "owed", "escalated", "unacknowledged"];
const HOLDERS = ["me", "none"];
const LISTS = ["unit", "field", "channel", "kind", "holder"];
const OTHERS = ["procedure", "level", "status", "received_from", "received_to", "due_to"];
const KINDS = ["application", "document"];
const CHANNELS = ["direct", "online", "postal"];
/** How many a chip stands for, by the name that the server gives it. */
const COUNTED = { me: "mine", none: "none" };

export class Filters {
  constructor(page, address) {
    Object.assign(this, { page, address });
    this.search = document.getElementById("q");
    this.search.addEventListener("input", () => this.#typed());
    this.selects = new Map(LISTS.map((name) => [name, document.getElementById(name)]));
    for (const [name, select] of this.selects) {
      select.addEventListener("change", () => address.go(address.query.with({ [name]: select.value || null })));
    }
    document.getElementById("clear").addEventListener("click", () => {
      address.go(address.query.unfiltered);
      this.page.focusGrid();
    });
    this.chips = document.getElementById("chips");
    this.others = make("span", { class: "others" });
    this.chips.replaceChildren(...STATES.map((name) => this.#chip("state", name)), divide(),
      ...HOLDERS.map((name) => this.#chip("holder", name)), this.others);
    this.counts = {};
  }

  /** Show what the address asks for. */
  show(query) {
    if (document.activeElement !== this.search) this.search.value = query.get("q") ?? "";
    document.getElementById("clear").disabled = !query.isFiltered;
    for (const chip of this.chips.querySelectorAll(".chip[aria-pressed]")) {
      const { filter, value } = chip.dataset;
      chip.setAttribute("aria-pressed", String(query.get(filter) === value));
    }
    const others = OTHERS.filter((name) => query.get(name) !== null).map((name) => [name, query.get(name)]);
    redraw(this.others, others, () => others.map(([name, value]) => this.#other(name, value)));
    this.#list(query);
  }

  // What a link asks for and nothing above chooses is shown all the same: a filter that one does not see is a trap.
  #other(name, value) {
    const { words } = this.page;
    const said = words[`status.${value}`] ?? words[`level_${value}`] ?? value;
    const shown = ["status", "level"].includes(name) ? said
      : name === "procedure" ? value : value.split("-").reverse().join("/");
    const text = `${words[`by_${name}`]}: ${shown}`;
    return make("button", { type: "button", class: "chip chip-other", "data-key": name,
      title: fill(words.drop, { text }), onclick: () => this.address.go(this.address.query.with({ [name]: null })) },
    make("span", {}, text), make("span", { "aria-hidden": "true" }, "×"));
  }

  /** How many cases there are under each filter, as the server told with the rows. */
  count(counts) {
    this.counts = counts;
    for (const chip of this.chips.querySelectorAll(".chip[aria-pressed]")) {
      const number = counts[COUNTED[chip.dataset.value] ?? chip.dataset.value];
      const isUnknown = number === null; // nothing is foreseen: that is not the same as none
      const text = isUnknown ? "–" : number === undefined ? "" : this.page.writer.count(number);
      chip.title = isUnknown ? this.page.words.not_foreseen : "";
      const place = chip.querySelector(".chip-count");
      if (place.textContent !== text) place.textContent = text;
      chip.dataset.any = number === 0 ? "no" : "yes";
    }
    this.#list(this.address.query);
  }

  #chip(filter, value) {
    const { words } = this.page;
    const turn = () => {
      const { query } = this.address;
      this.address.go(query.with({ [filter]: query.get(filter) === value ? null : value }));
    };
    return make("button", { type: "button", class: "chip", "data-filter": filter, "data-value": value,
      "aria-pressed": "false", onclick: turn },
    make("span", { class: "sign", "data-mark": value, "aria-hidden": "true" }),
    make("span", {}, words[`chip_${value}`]), make("span", { class: "chip-count running" }));
  }

  #list(query) {
    const { words, units, writer } = this.page;
    const { fields = [], units: byUnit = {}, channels = {} } = this.counts;
    const counted = (name, number) => (number === undefined ? name : `${name} (${writer.count(number)})`);
    this.#options("unit", query, words.all_units,
      Object.entries(units).map(([code, title]) => [code, counted(title, byUnit[code])]));
    this.#options("field", query, words.all_fields,
      fields.map(({ code, name, number }) => [code, counted(name, number)]));
    this.#options("channel", query, words.all_channels,
      CHANNELS.map((name) => [name, counted(words[`channel_${name}`], channels[name])]));
    this.#options("holder", query, words.all_holders, Object.entries(this.page.people));
    this.#options("kind", query, words.all_kinds, KINDS.map((name) => [name, words[`kind_${name}`]]));
  }

  // What a link asks for and no list knows is shown as it stands.
  #options(name, query, all, options) {
    const select = this.selects.get(name);
    const chosen = query.all(name).filter((each) => name !== "holder" || !HOLDERS.includes(each)); // those are chips
    const value = chosen.length > 1 ? chosen.join(",") : (chosen[0] ?? "");
    const known = value === "" || options.some(([code]) => code === value);
    const rest = known ? [] : [[value, chosen.map((code) => this.page.units[code] ?? code).join(", ")]];
    const listed = [["", all], ...options, ...rest];
    if (document.activeElement !== select) {
      redraw(select, listed, () => listed.map(([code, text]) => make("option", { value: code }, text)));
    }
    select.value = value;
    select.dataset.set = value === "" ? "no" : "yes";
  }

  // What is typed is one step back, however many letters it has.
  #typed() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      const { query } = this.address;
      const again = query.get("q") !== null;
      this.address.go(query.with({ q: this.search.value.trim() || null }), { again });
    }, AFTER_TYPING_MS);
  }
}

const divide = () => make("span", { class: "divide", role: "presentation" });
