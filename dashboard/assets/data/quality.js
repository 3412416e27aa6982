// The script of the page about lines: endpoints as they stand every 5 s, the picture of the day every minute.

import { Asking } from "./asking.js";
import { paintHours, paintLabels } from "./axes.js";
import { Days } from "./days.js";
import { paintEndpoints } from "./endpoints.js";
import { Head } from "./head.js";
import { paintLegend } from "./legend.js";
import { Pointer } from "./minute.js";
import { drawCells, measured, MINUTES, pictureIn } from "./picture.js";
import { pixelNamed, pixelsOf } from "./shades.js";
import { Writer } from "../wall/figures.js";
import { fill, pageFacts } from "../wall/page.js";

const EVERY_MS = 60_000;
const AGAIN_MS = 5_000;
const LEAST_ROW = 0.25; // rem
const MOST_ROW = 1.75;
const ALL_ROWS = 40;

const root = document.getElementById("quality");
const facts = pageFacts(root);
const writer = new Writer(facts.language);
const scores = new Intl.NumberFormat(writer.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
writer.score = (value) => scores.format(value);
const page = { ...facts, writer };
const head = new Head(page, root);
page.clock = head.clock;
head.clock.set(Date.parse(facts.now));
const local = (ms) => new Date(ms + 7 * 3_600_000); // Asia/Ho_Chi_Minh, which knows no summer time
const canvas = document.getElementById("cells");
const pixels = pixelsOf(getComputedStyle(root));
const gap = pixelNamed(getComputedStyle(root), "--panel");
const pointer = new Pointer(page, canvas);
const note = document.getElementById("drawn");

let picture = null;
let asked = 0;
let next;

async function askPicture(day) {
  clearTimeout(next);
  const number = (asked += 1);
  performance.mark("picture-asked");
  let delay = EVERY_MS;
  try {
    const answer = await fetch(`/data/quality/day?day=${day}`, { cache: "no-store" });
    if (!answer.ok) throw new TypeError(answer.statusText);
    const bytes = await answer.arrayBuffer();
    if (number !== asked) return;
    performance.mark("picture-received");
    picture = pictureIn(bytes);
    draw();
    recordPaint();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    if (number === asked) note.textContent = page.words.failed;
    delay = AGAIN_MS;
  }
  if (number === asked) next = setTimeout(again, delay);
}

// A day that is over changes only by samples that come late.
function again() {
  days.show();
  askPicture(days.day);
}

function draw() {
  if (picture === null) return;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const rows = picture.endpoints.length;
  const high = Math.min(MOST_ROW, Math.max(LEAST_ROW, ALL_ROWS / Math.max(rows, 1)));
  const ratio = window.devicePixelRatio;
  canvas.parentElement.dataset.rows = rows;
  canvas.style.height = `${rows > 0 ? high * rows : 6}rem`;
  const size = { width: Math.round(canvas.clientWidth * ratio), height: Math.max(1, Math.round(high * rem * ratio)), gap };
  drawCells(canvas, picture, pixels, size);
  paintLabels(document.getElementById("labels"), picture, high, page);
  paintFuture();
  const minutes = measured(picture.cells);
  const drawn = minutes === 0 ? page.words.no_data
    : fill(page.words.drawn, { endpoints: writer.count(rows), minutes: writer.count(minutes) });
  note.textContent = `${writer.date(Date.parse(`${picture.day}T12:00:00+07:00`))} · ${drawn}`;
  pointer.show(picture);
}

// What is still to come is neither good nor missing.
function paintFuture() {
  const now = local(Date.parse(picture.now));
  const day = now.toISOString().slice(0, 10);
  const gone = picture.day < day ? MINUTES : picture.day > day ? 0 : now.getUTCHours() * 60 + now.getUTCMinutes() + 1;
  document.getElementById("future").style.left = `${(100 * gone) / MINUTES}%`;
}

// For `ioc bench draw`: on the screen after the next frame but one has begun.
function recordPaint() {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("picture-painted")));
}

paintHours(document.getElementById("hours"));
paintLegend(pixels, writer);
const today = () => local(head.clock.now).toISOString().slice(0, 10);
const days = new Days(today, askPicture);
// The picture first, by itself: it is what the page is opened for, and the most work.
askPicture(days.day).finally(() => {
  new ResizeObserver(() => draw()).observe(canvas.parentElement);
  new Asking(() => "/data/quality/now", page.build, ({ now, age, state }) => {
    head.clock.set(Date.parse(now));
    paintEndpoints(state, page);
    head.answer(now, age);
  });
});
