// At a desk: what a unit is, when the pointer is over it or the keyboard has come to it. It stands in the corner that is
// farthest from the unit, so that it never covers what it tells of.

import { fill } from "./page.js";
import { standingOf } from "./shades.js";

export class Tip {
  constructor(map, place, scene, page) {
    Object.assign(this, { map, scene, page, code: null });
    this.box = document.createElement("div");
    this.box.className = "map-tip";
    this.box.hidden = true;
    this.lines = ["name", "figure", "state", "neighbours", "made"].map((kind) => {
      const line = document.createElement("p");
      line.className = `map-tip-${kind}`;
      this.box.append(line);
      return line;
    });
    place.append(this.box);
    const codeOf = ({ target }) => target.closest?.(".map-link")?.firstChild.dataset.unit ?? null;
    for (const event of ["pointerover", "focusin"]) place.addEventListener(event, (over) => this.show(codeOf(over)));
    for (const event of ["pointerleave", "focusout"]) place.addEventListener(event, () => this.show(null));
  }

  show(code) {
    if (code === this.code) return;
    this.code = code;
    this.box.hidden = code === null;
    const unit = code === null ? null : this.map.units.get(code).unit;
    this.map.highlight.setAttribute("d", unit?.path ?? "");
    if (unit === null) return;
    this.box.dataset.side = unit.label.x > this.scene.map.width / 2 ? "left" : "right";
    this.renew();
  }

  /** The figures are others now. */
  renew() {
    if (this.code === null) return;
    this.#texts().forEach((text, place) => {
      this.lines[place].textContent = text;
      this.lines[place].hidden = text === "";
    });
  }

  #texts() {
    const { unit, shown } = this.map.units.get(this.code);
    const { words, units } = this.page;
    const names = unit.neighbours.map((code) => units[code]).join(", ");
    const value = this.map.board.units[this.code]?.[this.map.rule.id] ?? null;
    const standing = { bad: words.standing_bad, warn: words.standing_warn, good: words.standing_good };
    return [
      units[this.code],
      `${this.map.rule.short}: ${value === null ? words.no_data : shown.figure}`,
      [standing[standingOf(this.map.rule, value)], words[`state.${shown.state}`]].filter(Boolean).join(" · "),
      names && fill(words.neighbours, { units: names }),
      madeOf(unit, words),
    ];
  }
}

/** What a unit was merged from, in words; nothing where it is as it was. */
export function madeOf({ made_of, began }, words) {
  if (made_of.length === 0) return "";
  const parts = made_of.map(({ title, whole }) => (whole ? title : fill(words.part_of, { unit: title })));
  return fill(words.made_of, { units: parts.join(", "), day: began });
}
