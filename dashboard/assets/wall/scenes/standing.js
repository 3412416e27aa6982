// How a part of a scene stands that is no tile: in words and by the marks of tiles, where its figures can't be trusted.

import { show } from "../page.js";

const TOLD = new Set(["late", "partial", "frozen"]);

/** `figure` is the board's of a KPI that waits for the same sources; of a moment that is over nobody knows. */
export function paintStanding(id, figure, { words }) {
  const state = TOLD.has(figure?.state) ? figure.state : "none";
  show(id, { children: state === "none" ? "" : words[`state.${state}`], "data-state": state });
}
