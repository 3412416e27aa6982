// Which day is shown; the address says so, so that a reload and a link show the same.

const DAY_MS = 86_400_000;

export class Days {
  /** `changed` is called with each day that is chosen. */
  constructor(today, changed) {
    this.today = today;
    this.field = document.getElementById("day");
    this.field.max = today();
    this.chosen = new URL(window.location.href).searchParams.get("day");
    this.changed = changed;
    this.field.value = this.day;
    if (this.field.value === "") this.chosen = null; // no such day
    this.field.addEventListener("change", () => this.field.value !== "" && this.#choose(this.field.value));
    const by = (days) => () => this.#choose(new Date(Date.parse(this.day) + days * DAY_MS).toISOString().slice(0, 10));
    document.getElementById("day-before").addEventListener("click", by(-1));
    document.getElementById("day-after").addEventListener("click", by(1));
    document.getElementById("day-today").addEventListener("click", () => this.#choose(null));
    this.show();
  }

  /** The day that is shown: the chosen one, else today, whichever day that is by now. */
  get day() {
    return this.chosen ?? this.today();
  }

  get isToday() {
    return this.day === this.today();
  }

  /** To be called when the day may have changed. */
  show() {
    this.field.max = this.today();
    if (this.field.value !== this.day) this.field.value = this.day;
    document.getElementById("day-after").disabled = this.day >= this.today();
    document.getElementById("day-today").disabled = this.isToday;
  }

  #choose(day) {
    this.chosen = day === null || day >= this.today() ? null : day;
    const address = new URL(window.location.href);
    if (this.chosen === null) address.searchParams.delete("day");
    else address.searchParams.set("day", this.chosen);
    window.history.replaceState(null, "", address);
    this.show();
    this.changed(this.day);
  }
}
