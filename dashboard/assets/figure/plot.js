// The plot of the trend: draws what is shown, marks the day that is read, and tells the day that is pointed at.

import { libraryOf } from "./library.js";
import { layoutOf, lookOf } from "./look.js";
import { HOVERED, tracesOf } from "./traces.js";

const CONFIG = { displayModeBar: false, showTips: false, doubleClick: "reset", responsive: false };

export class Plot {
  /** `pointed` hears the place of the day under the pointer, or null. */
  constructor(box, page, pointed) {
    Object.assign(this, { box, page, pointed, shown: null, library: null, stretch: null });
    this.place = Object.assign(document.createElement("div"), { className: "plot" });
    this.place.setAttribute("aria-hidden", "true"); // the box itself says the days
    window.addEventListener("beforeprint", () => this.#onPaper());
  }

  async draw(shown) {
    this.shown = shown;
    if (this.library === null) {
      this.box.replaceChildren(this.page.words.trend_loading);
      this.library = await libraryOf(this.page).catch(() => null);
    }
    if (this.shown === null) return; // nothing is to be drawn any more
    if (this.library === null) this.box.replaceChildren(this.page.words.trend_unloaded);
    else this.#paint();
  }

  clear() {
    this.shown = null;
    this.stretch = null;
    this.library?.purge(this.place);
  }

  /** Show what stands at a day, as if it were pointed at; null for none. */
  point(at) {
    if (this.stretch === null) return;
    if (at === null) this.library.Fx.unhover(this.place);
    else this.library.Fx.hover(this.place, [{ curveNumber: HOVERED, pointNumber: at }]);
  }

  #paint() {
    if (this.place.parentNode !== this.box) this.box.replaceChildren(this.place);
    const { days } = this.shown;
    const look = lookOf(this.box);
    const layout = layoutOf(this.shown, this.page, look);
    const config = { ...CONFIG, locale: this.page.language };
    const drawn = [this.place, tracesOf(this.shown, this.page, look), layout, config];
    // The same days, newly read: what was zoomed into stays.
    if (this.stretch === `${days[0]} ${days.length}`) this.library.react(...drawn);
    else this.#begin(drawn);
    this.stretch = `${days[0]} ${days.length}`;
    this.#fitPaper(look);
  }

  #begin(drawn) {
    this.library.newPlot(...drawn);
    this.place.on("plotly_hover", ({ points }) => this.pointed(points[0].pointNumber));
    this.place.on("plotly_unhover", () => this.pointed(null));
  }

  // Paper is light, and is drawn on in the colours that the page has then.
  #onPaper() {
    if (this.stretch === null) return;
    const { dataset } = document.documentElement;
    const { theme } = dataset;
    dataset.theme = "light";
    this.#paint();
    window.addEventListener("afterprint", () => {
      if (theme === undefined) delete dataset.theme;
      else dataset.theme = theme;
      this.#paint();
    }, { once: true });
  }

  // It is drawn in px; on paper, where it is stretched to the box, it keeps its proportions (figure.css).
  #fitPaper({ width, height }) {
    for (const svg of this.place.querySelectorAll(".main-svg")) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
}
