// The scale of colours with its bounds, good at the left.

import { make } from "./dom.js";
import { STOPS } from "./shades.js";

export function paintLegend(pixels, writer) {
  const canvas = document.getElementById("scale");
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, 1);
  const out = new Uint32Array(image.data.buffer);
  for (let x = 0; x < canvas.width; x += 1) {
    const place = (x / (canvas.width - 1)) * (STOPS.length - 1);
    const at = Math.min(Math.floor(place), STOPS.length - 2);
    const mos = STOPS[at] + (place - at) * (STOPS[at + 1] - STOPS[at]);
    out[x] = pixels[2 + Math.round((mos - 100) / 2)];
  }
  context.putImageData(image, 0, 0);
  document.getElementById("ticks").replaceChildren(...STOPS.map((mos) => make("li", { class: "running" }, writer.score(mos / 100))));
}
