// The stage: all scenes of this page lie on it, one is seen. Only that one is painted; of the others the newest frame
// is kept, and painted when they are shown.

import { Since } from "./healing/clocks.js";
import { show } from "./page.js";
import { PAINTERS } from "./scenes/index.js";

/** One scene of the page: what its script knows of it, its newest frame, and how old that is. */
export class Scene {
  constructor(facts) {
    Object.assign(this, facts); // name, tiles, words, late_after, and what the scene's own facts are
    this.frame = null;
    this.read = null;
    this.painted = null;
    this.paintedRead = null;
  }

  /** The id of a component of this scene (dashboard/wall/scene.py, Place.id). */
  id(...parts) {
    return [this.name, ...parts].join("-");
  }

  /** Whether a figure of it is in breach: a rotation holds it longer and returns to it sooner. */
  get inBreach() {
    if (this.frame === null) return false;
    const tiles = this.tiles.some(({ id }) => this.frame.board.kpis[id]?.standing === "bad");
    return tiles || this.frame.more?.breach === true;
  }
}

const CLOSE_MS = 250; // ages are told in seconds as they were when the answer was written

export class Stage {
  #failing = null;

  constructor(page, freshness) {
    this.page = page;
    this.freshness = freshness;
    this.scenes = page.scenes.map((facts) => new Scene(facts));
    this.byName = new Map(this.scenes.map((scene) => [scene.name, scene]));
    this.shown = this.scenes[0];
  }

  get names() {
    return this.scenes.map(({ name }) => name);
  }

  /** Put a scene on top. */
  show(name) {
    this.shown = this.byName.get(name);
    for (const scene of this.scenes) {
      show(`scene-${scene.name}`, { "data-shown": scene === this.shown ? "yes" : "no" });
    }
    for (const link of document.querySelectorAll(".scene-name")) {
      show(link.id, { "aria-current": link.id === `to-${name}` ? "page" : undefined });
    }
    window.__ioc.scene = name;
    this.#paint(this.shown);
  }

  /**
   * A frame came that the server had read `secondsAgo`. One that is older than what the scene has is left out: an answer
   * that was fetched may arrive after what the stream brought meanwhile. A frame that can't be painted renews nothing.
   */
  receive(frame, secondsAgo) {
    const scene = this.byName.get(frame.scene);
    const read = new Since(secondsAgo);
    this.freshness.sign();
    if (scene === undefined || read.at < (scene.read?.at ?? -Infinity) - CLOSE_MS) return;
    Object.assign(scene, { frame, read });
    if (scene === this.shown) this.#paint(scene);
    const name = `to-${scene.name}`; // one unit has none: it is no part of a rotation
    if (document.getElementById(name) !== null) show(name, { "data-breach": scene.inBreach ? "yes" : "no" });
  }

  /** Seconds for which no frame of the scene that is seen could be painted; 0 while they can. */
  get failingFor() {
    return this.#failing?.seconds ?? 0;
  }

  #paint(scene) {
    if (scene.frame === null || scene.painted === scene.frame) return;
    try {
      PAINTERS[scene.name](scene.frame, scene, this.page);
      Object.assign(scene, { painted: scene.frame, paintedRead: scene.read });
      this.#failing = null;
    } catch (error) {
      // What is on the screen is as old as what was painted last, also where this frame came before it was shown.
      Object.assign(scene, { frame: scene.painted, read: scene.paintedRead });
      this.#failing ??= new Since();
      reportError(error); // one frame, one scene: the rest of the page goes on
    }
  }
}
