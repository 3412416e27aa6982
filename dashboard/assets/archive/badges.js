// The marks of a snapshot, in words: PARTIAL, LATE, RESTATED, DRAFT; the frame tells them apart without colour.

import { make } from "../data/dom.js";

export const badge = (name, words) => make("strong", { class: "badge", "data-badge": name }, words[`mark_${name}`]);
