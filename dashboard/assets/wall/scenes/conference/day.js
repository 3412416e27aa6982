// The meetings of the day on a time line: planned as an outline, held as a bar, with a line where it is now.

import { make, redraw } from "../../../data/dom.js";
import { fill } from "../../page.js";
import { fit } from "../fitting.js";
import { hoursOf, lasting } from "../lasting.js";

/** What is on, or should be, before what is to come and what is over. */
const STAGES = ["due", "on", "planned", "unheard", "held", "never", "cancelled"];
const UNTOLD_HOURS = 1;

export function paintDay({ at, hours, meetings, next }, past, scene, page) {
  paintHours(hours, at, scene);
  const order = [...meetings].sort((one, other) => STAGES.indexOf(one.stage) - STAGES.indexOf(other.stage));
  const list = document.getElementById(scene.id("day"));
  fit(list, [order, next, past, hours, minuteOf(at)], {
    items: order,
    row: (meeting) => row(meeting, at, hours, scene, page),
    rest: (left) => fill(scene.words.rest_meetings, { n: left.length }),
    empty: () => make("div", { class: "calm-day" },
      make("p", { class: "calm" }, past ? scene.words.no_meetings_past : scene.words.no_meetings),
      next === null ? null : make("p", { class: "calm-next" }, following(next, scene.words, page.writer))),
  });
}

function paintHours([first, last], at, scene) {
  const every = last - first > 14 ? 2 : 1;
  const named = Array.from({ length: last - first }, (_, place) => first + place).filter((hour) => (hour - first) % every === 0);
  redraw(document.getElementById(scene.id("hours")), [first, last, minuteOf(at)], () =>
    make("div", { class: "hours-track" }, nowLine(at, [first, last]), named.map((hour) =>
      placed(make("span", { class: "hour running" }, `${hour}h`), [hour, hour + every], [first, last]))));
}

const minuteOf = (at) => Math.floor(Date.parse(at) / 60_000);

/** An element from one hour to another of the time line. */
export function placed(element, [from, to], [first, last]) {
  const share = (hour) => (100 * (Math.min(Math.max(hour, first), last) - first)) / (last - first);
  element.style.left = `${share(from)}%`;
  element.style.width = `${share(to) - share(from)}%`;
  return element;
}

// The line of now; none where the time line does not reach so far.
const nowLine = (at, hours) => {
  const now = hoursOf(at, at);
  if (now < hours[0] || now > hours[1]) return null;
  return placed(make("span", { class: "now", "aria-hidden": "true" }), [now, now], hours);
};

function row(meeting, at, hours, { words }, { writer }) {
  const { stage, scheduled, until, started, ended, is_late } = meeting;
  const begins = scheduled ?? started;
  return make("div", { class: "meeting", "data-stage": stage, "data-late": is_late ? "yes" : "no", "data-meeting": meeting.name },
    make("span", { class: "shape", "data-shape": shapeOf(meeting), "aria-hidden": "true" }),
    make("p", { class: "meeting-name" },
      make("span", { class: "running" }, writer.minutes.format(Date.parse(begins))), ` ${nameOf(meeting.name)}`),
    make("p", { class: "meeting-state" }, sayings(meeting, words, writer).join(" · ")),
    make("div", { class: "track" }, plan(), took(), nowLine(at, hours)));

  function plan() {
    if (scheduled === null) return null;
    const from = hoursOf(scheduled, at);
    const bar = make("span", { class: "bar bar-plan" });
    return placed(bar, [from, until === null ? from + UNTOLD_HOURS : hoursOf(until, at)], hours);
  }

  function took() {
    if (started === null) return null;
    const bar = make("span", { class: "bar bar-held" });
    return placed(bar, [hoursOf(started, at), hoursOf(ended ?? at, at)], hours);
  }
}

// What comes next, where nothing is on today.
function following({ name, scheduled }, words, writer) {
  const at = Date.parse(scheduled);
  return fill(words.next, { name: nameOf(name), time: writer.minutes.format(at), day: writer.date(at) });
}

// A meeting on some day is told by its name and the day; here it is always the same day.
const nameOf = (name) => name.replace(/@\d{4}-\d\d-\d\d$/, "");

function shapeOf({ stage, is_late, away }) {
  if (stage === "due") return "warn";
  if (stage === "on") return away.some((each) => each[3]) ? "bad" : "on";
  if (stage === "unheard") return "unknown";
  if (stage === "held") return is_late ? "late" : "over";
  return stage === "planned" ? "to-come" : "off";
}

function sayings({ stage, late, is_late, invited, attended, present }, words, writer) {
  const said = [words[`stage.${stage}`]];
  if (is_late) said.push(fill(words.late, { n: lasting(60 * late, words, writer) }));
  if (stage === "on") said.push(sitesOf(present.length, invited, words));
  if (stage === "held") said.push(sitesOf(attended, invited, words));
  if (stage === "planned" && invited > 0) said.push(fill(words.invited, { n: invited }));
  return said.filter((each) => each !== null);
}

const sitesOf = (n, invited, words) =>
  invited > 0 ? fill(words.there, { n, of: Math.max(invited, n) }) : fill(words.there_only, { n });
