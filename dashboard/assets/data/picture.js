// A day of lines: read from its bytes (dashboard/data/picture.py), drawn onto a canvas.

import { UNESTIMATED, UNMEASURED } from "./shades.js";

export const MINUTES = 1_440;

/** Pixels of a row from which on a line between rows takes nothing away. */
const ROOM_FOR_GAP = 10;

/** {day, now, endpoints, cells} of the bytes that the server sends. */
export function pictureIn(buffer) {
  const names = new DataView(buffer).getUint32(0, true);
  const told = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, names)));
  return { ...told, cells: new Uint8Array(buffer, 4 + names) };
}

/**
 * Draws the cells into the whole canvas, `height` pixels an endpoint, of which the last is a line of the colour `gap`
 * where there is room for it. Where a pixel is more than a minute it shows
 * the worst of them: no bad minute is lost on a narrow display.
 */
export function drawCells(canvas, { cells, endpoints }, pixels, { width, height, gap }) {
  const rows = endpoints.length;
  canvas.width = width;
  canvas.height = Math.max(1, rows * height);
  if (rows === 0) return;
  const image = new ImageData(width, canvas.height);
  const out = new Uint32Array(image.data.buffer);
  const starts = Uint16Array.from({ length: width + 1 }, (_, x) => Math.floor((x * MINUTES) / width));
  for (let row = 0; row < rows; row += 1) {
    const first = row * height * width;
    for (let x = 0; x < width; x += 1) {
      out[first + x] = pixels[worst(cells, row * MINUTES + starts[x], row * MINUTES + Math.max(starts[x] + 1, starts[x + 1]))];
    }
    for (let line = 1; line < height; line += 1) out.copyWithin(first + line * width, first, first + width);
    if (height >= ROOM_FOR_GAP) out.fill(gap, first + (height - 1) * width, first + height * width);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// The lowest estimate; one that could not be made only where there is none, nothing where nothing was measured.
function worst(cells, from, to) {
  let found = cells[from];
  for (let at = from + 1; at < to; at += 1) {
    const cell = cells[at];
    if (cell !== UNMEASURED && (found <= UNESTIMATED || (cell < found && cell > UNESTIMATED))) found = Math.max(cell, found <= UNESTIMATED ? found : 0);
  }
  return found;
}

/** How many minutes of all endpoints were measured. */
export function measured(cells) {
  let count = 0;
  for (let at = 0; at < cells.length; at += 1) if (cells[at] !== UNMEASURED) count += 1;
  return count;
}
