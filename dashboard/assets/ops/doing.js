// Acts on the picked rows or the active one: the dialogs are those of the case page (acts.js).

import { fill } from "../wall/page.js";

/** The letters of the acts, as they stand on the buttons. */
export const ACTS = { a: "acknowledge", s: "assign", c: "comment", e: "escalate", d: "dismiss", h: "hand_over",
  t: "tie" };
const PENDING_MS = 15_000;

export class Doing {
  /** `renewed` is told the rows that are other than before. */
  constructor(page, grid, renewed) {
    Object.assign(this, { page, grid, renewed });
    this.bar = document.getElementById("acts");
    this.bar.addEventListener("click", (event) => {
      const { act } = event.target.closest("button")?.dataset ?? {};
      if (act !== undefined) this.act(act);
    });
  }

  get may() {
    return this.page.rights.includes("act");
  }

  /** Open the dialog of an act; the rows say at once what is on its way, and then what became of it. */
  async act(kind) {
    const rows = this.grid.chosen;
    if (!this.may || rows.length === 0 || document.querySelector("dialog[open]") !== null) return;
    const { openAct } = await import("./acts.js");
    if (document.querySelector("dialog[open]") !== null) return; // two keys at once
    const cases = rows.map((row) => ({ case: row.case, seen: row.handling.version, ties: row.handling.ties }));
    const { language, acts, me } = this.page;
    const sending = (codes, guess) => this.#expect(kind, codes, guess);
    const results = await openAct(kind, cases, { language, acts, login: me.login, place: this.grid.element, sending });
    if (results !== null) this.#settle(results);
  }

  #expect(kind, codes, guess) {
    const said = this.page.words[`doing_${kind}`] ?? this.page.words.sending;
    for (const code of codes) this.page.pending.set(code, { said, guess: guess ?? {} });
    setTimeout(() => this.#forget(codes), PENDING_MS); // whatever became of it: the stream says so
    this.grid.redraw();
  }

  #settle(results) {
    const rows = [];
    for (const { case: code, handling } of results) {
      const row = this.grid.list.known.get(code);
      if (row !== undefined && handling && handling.version >= row.handling.version) rows.push({ ...row, handling });
    }
    this.#forget(results.map((result) => result.case));
    for (const { case: code, took } of results) if (took !== false) this.grid.picked.drop(code);
    this.renewed(rows);
  }

  #forget(codes) {
    for (const code of codes) this.page.pending.delete(code);
    this.grid.redraw();
  }

  /** What the acts would be about. */
  show() {
    const { words, writer } = this.page;
    const { picked, activeRow } = this.grid;
    const what = picked.size > 0 ? fill(words.picked, { n: writer.count(picked.size) })
      : activeRow === undefined ? words.picked_none : activeRow.case;
    const place = document.getElementById("chosen");
    if (place.textContent !== what) place.textContent = what;
    const why = document.getElementById("why");
    const sentence = picked.size === 0 ? (activeRow?.risk?.why?.[this.page.language] ?? "") : "";
    if (why.textContent !== sentence) why.textContent = sentence;
    const none = picked.size === 0 && activeRow === undefined;
    for (const button of this.bar.querySelectorAll("button")) button.disabled = none;
  }
}
