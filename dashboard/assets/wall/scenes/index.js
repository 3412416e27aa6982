// How each scene is painted, by its name (dashboard/wall/scenes).

import { paint as overview } from "./overview.js";

/** Each is given a frame, its scene (stage.js) and the page. */
export const PAINTERS = { overview };
