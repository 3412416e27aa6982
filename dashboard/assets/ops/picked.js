// The rows that are picked. They stay so however the list is scrolled, sorted or filtered, until somebody lets them go.

export class Picked {
  #rows = new Map();

  get size() {
    return this.#rows.size;
  }

  has(code) {
    return this.#rows.has(code);
  }

  add(row) {
    if (row !== undefined) this.#rows.set(row.case, row);
  }

  /** Pick it, or let it go. */
  turn(row) {
    if (!this.#rows.delete(row.case)) this.#rows.set(row.case, row);
  }

  /** A newer one of a row that may be picked. */
  renew(row) {
    if (this.#rows.has(row.case)) this.#rows.set(row.case, row);
  }

  drop(code) {
    this.#rows.delete(code);
  }

  clear() {
    this.#rows.clear();
  }

  /** All of them, each the newest that `known` answers. */
  rows(known) {
    return [...this.#rows.values()].map((row) => known(row.case) ?? row);
  }
}
