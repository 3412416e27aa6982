// Shows the scenes of the page in turn.

import { Since } from "./healing/clocks.js";
import { holdOf, nextScene } from "./rotation_order.js";

const PAUSE = 60; // seconds after somebody at a desk last pointed or typed
const CUT_TO = 5; // seconds that a calm scene has at least, when another one comes into breach meanwhile

export class Rotation {
  #turn = 1;
  #shown = new Map(); // scene → the turn in which it was last shown
  #anew = new Set(); // scenes that came into breach and have not been seen since
  #breaching = new Set();
  #since = new Since();
  #touched = null;
  #bar = null;

  /** On a display nobody points: what seems so is a cable. */
  constructor(stage, seconds, isDisplay) {
    Object.assign(this, { stage, seconds });
    this.#shown.set(stage.shown.name, this.#turn);
    if (isDisplay) return;
    for (const kind of ["pointermove", "pointerdown", "keydown", "wheel"]) {
      addEventListener(kind, () => (this.#touched = new Since()), { passive: true });
    }
  }

  /** Once a second. */
  tick() {
    this.#lookForBreaches();
    const paused = this.#touched !== null && this.#touched.seconds < PAUSE;
    const hold = this.#hold();
    if (paused) this.#since = new Since(Math.min(this.#since.seconds, hold - 1));
    this.#drawBar(hold, paused);
    if (!paused && this.#since.seconds >= hold && this.stage.scenes.length > 1) this.#turnOver();
  }

  #lookForBreaches() {
    for (const { name, inBreach } of this.stage.scenes) {
      if (!inBreach) this.#anew.delete(name);
      else if (!this.#breaching.has(name) && name !== this.stage.shown.name) this.#anew.add(name);
      this.#breaching[inBreach ? "add" : "delete"](name);
    }
  }

  /** Seconds for which the scene that is seen is to be shown, as things stand now. */
  #hold() {
    const { shown, scenes } = this.stage;
    const hold = holdOf({ breach: shown.inBreach }, this.seconds);
    const noFigures = shown.frame === null && scenes.some(({ frame }) => frame !== null);
    return noFigures || (!shown.inBreach && this.#anew.size > 0) ? Math.min(hold, CUT_TO) : hold;
  }

  #turnOver() {
    const scenes = this.stage.scenes.map(({ name, frame, inBreach }) => ({
      name,
      ready: frame !== null,
      breach: inBreach,
      anew: this.#anew.has(name),
      shown: this.#shown.get(name) ?? 0,
    }));
    this.#turn += 1;
    const { name } = nextScene(scenes, this.stage.shown.name, this.#turn, this.seconds);
    this.#shown.set(name, this.#turn);
    this.#anew.delete(name);
    this.#since = new Since();
    if (name !== this.stage.shown.name) this.stage.show(name);
    this.#bar?.animation.cancel();
    this.#bar = null;
    this.#drawBar(this.#hold(), false);
  }

  // The time left: a thin bar under the scene's name. The browser's compositor moves it, a step each second.
  #drawBar(hold, paused) {
    const name = document.getElementById(`to-${this.stage.shown.name}`);
    if (name === null) return;
    if (this.#bar?.hold !== hold) {
      this.#bar?.animation.cancel();
      const timing = { duration: 1000 * hold, easing: `steps(${Math.ceil(hold)})`, fill: "both" };
      const ends = [{ transform: "scaleX(1)" }, { transform: "scaleX(0)" }];
      this.#bar = { hold, animation: name.animate(ends, { ...timing, pseudoElement: "::before" }) };
      this.#bar.animation.currentTime = 1000 * this.#since.seconds;
    }
    const { animation } = this.#bar;
    if (paused && animation.playState === "running") animation.pause();
    else if (!paused && animation.playState === "paused") {
      animation.currentTime = 1000 * this.#since.seconds;
      animation.play();
    }
  }
}
