// What the address asks for. Its names are those of the server's query (docs/queue.md): a link opens the same list.

const FILTERS = ["kind", "unit", "field", "procedure", "channel", "level", "status", "state", "holder", "q",
  "received_from", "received_to", "due_to"];
const NAMES = [...FILTERS, "sort", "dir"];
const DEFAULTS = { sort: "remaining", dir: "asc" };
/** Chosen by one press each; they stand apart from what one has to look for in a list. */
export const CHIPS = ["state", "holder"];

export class Query {
  #given;

  /** `text` as it stands in an address; what is not ours in it is left out. */
  constructor(text = "") {
    const given = [...new URLSearchParams(text)].filter(([name, value]) => NAMES.includes(name) && value.trim() !== "");
    const kept = given.filter(([name, value]) => DEFAULTS[name] !== value);
    kept.sort(([one], [other]) => NAMES.indexOf(one) - NAMES.indexOf(other));
    this.#given = new URLSearchParams(kept);
  }

  /** The same list, always in the same words. */
  get text() {
    return this.#given.toString();
  }

  get(name) {
    return this.#given.get(name) ?? DEFAULTS[name] ?? null;
  }

  all(name) {
    return this.#given.getAll(name);
  }

  /** Whether any filter is set; the order of a list is none. */
  get isFiltered() {
    return FILTERS.some((name) => this.#given.has(name));
  }

  /** With other values: a text, several, or null for none. */
  with(changes) {
    const changed = new URLSearchParams(this.#given);
    for (const [name, value] of Object.entries(changes)) {
      changed.delete(name);
      for (const each of [value ?? []].flat()) changed.append(name, each);
    }
    return new Query(changed.toString());
  }

  /** Everything, in the same order. */
  get unfiltered() {
    return this.with(Object.fromEntries(FILTERS.map((name) => [name, null])));
  }
}

/**
 * The address of the page, as the query that it stands for: `go` leads to another list, and the browser's own back and
 * forward lead to those before; `changed` is told in both cases.
 */
export class Address {
  constructor(changed) {
    this.changed = changed;
    this.query = new Query(window.location.search);
    window.addEventListener("popstate", () => {
      this.query = new Query(window.location.search);
      this.changed(this.query, window.history.state);
    });
  }

  /** `again`: in the place of the list before, as while somebody types. */
  go(query, { again = false } = {}) {
    if (query.text === this.query.text) return;
    this.query = query;
    window.history[again ? "replaceState" : "pushState"](null, "", this.link(query));
    this.changed(query, null);
  }

  /** Where the hand is, for whoever comes back to this list. */
  remember(place) {
    window.history.replaceState(place, "");
  }

  /** The page's address for a query; language and theme stay as they are. */
  link(query, language = null) {
    const given = new URLSearchParams(window.location.search);
    const kept = ["lang", "theme"].filter((name) => given.has(name)).map((name) => [name, given.get(name)]);
    const asked = new URLSearchParams(kept);
    if (language !== null) asked.set("lang", language);
    const text = [asked.toString(), query.text].filter((part) => part !== "").join("&");
    return `${window.location.pathname}${text === "" ? "" : `?${text}`}`;
  }
}
