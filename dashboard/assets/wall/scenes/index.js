// How each scene is painted, by its name (dashboard/wall/scenes).

import { paint as conference } from "./conference.js";
import { paint as documents } from "./documents.js";
import { paint as health } from "./health.js";
import { paint as map } from "./map.js";
import { paint as onestop } from "./onestop.js";
import { paint as overview } from "./overview.js";
import { paint as unit } from "./unit.js";

/** Each is given a frame, its scene (stage.js) and the page. */
export const PAINTERS = { overview, onestop, documents, conference, map, health, unit };
