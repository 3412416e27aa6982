// The life of the case as a picture of our own: time from left to right, days off shaded, the clock running, standing
// or overdue, the due dates as they moved, what happened, what people did, and now. Below it the same stands in words.

import { axis, shades } from "./case_axis.js";
import { acts, clock, dues, events, nowLine, units } from "./case_rows.js";
import { lifeSaid } from "./case_life.js";
import { draw } from "./case_svg.js";

const GUTTER_REM = 6.5;
const RIGHT_REM = 1;

export class Picture {
  constructor(page) {
    this.page = page;
    this.box = document.getElementById("life");
    this.said = document.getElementById("life-said");
    this.told = null;
    new ResizeObserver(() => this.#draw()).observe(this.box);
    for (const when of ["beforeprint", "afterprint"]) window.addEventListener(when, () => this.#draw());
  }

  show(state) {
    const told = JSON.stringify(state.timeline);
    if (told === this.told) return;
    this.told = told;
    this.state = state;
    this.said.textContent = lifeSaid(state, this.page);
    this.#draw();
  }

  #draw() {
    const width = this.box.clientWidth;
    if (this.state === undefined || width === 0) return;
    const { timeline } = this.state;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const [from, to] = [Date.parse(timeline.from), Date.parse(timeline.to)];
    const [left, right] = [GUTTER_REM * rem, width - RIGHT_REM * rem];
    const x = (iso) => left + ((typeof iso === "number" ? iso : Date.parse(iso)) - from) / (to - from) * (right - left);
    const plan = { x, from, to, left, right, rem, timeline, page: this.page, kind: this.state.kind };
    const rows = [dues, clock, units, events, acts].map((row) => row(plan)).filter((row) => row !== null);
    let y = 1.75 * rem;
    const placed = rows.map(({ height, label, parts }) => {
      const group = draw("g", { transform: `translate(0 ${y})` },
        draw("text", { class: "row-name", x: 0, y: height / 2, "dominant-baseline": "central" }, label), parts);
      y += height + 0.5 * rem;
      return group;
    });
    const height = y + 1.75 * rem;
    const svg = draw("svg", { class: "picture", width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-labelledby": "life-said" }, patterns(rem), shades(plan, 1.5 * rem, y), axis(plan, y), placed,
    nowLine(plan, y));
    this.box.replaceChildren(svg);
  }
}

const patterns = (rem) => draw("defs", {}, draw("pattern", { id: "standing", width: rem / 2, height: rem / 2,
  patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
draw("rect", { class: "hatch-ground", width: rem / 2, height: rem / 2 }),
draw("rect", { class: "hatch-line", width: rem / 6, height: rem / 2 })));
