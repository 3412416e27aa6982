// Beside the alerts: what is put aside and until when, and how the channels do.

import { momentOf, placeOf } from "./written.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

export function paintSilences({ silences, service }, page) {
  const { words } = page;
  const titles = new Map((service?.rules ?? []).map(({ id, title }) => [id, title[page.language]]));
  redraw(document.getElementById("silences"), [silences, [...titles]], () =>
    silences.length === 0 ? make("p", { class: "quiet" }, words.silences_none)
      : silences.map((silence) => row(silence, titles, page)));
}

function row(silence, titles, page) {
  const { words } = page;
  return make("article", { class: "alert-silence", "data-silence": String(silence.id) },
    make("h3", { class: "alert-where" }, whatOf(silence, titles, page)),
    make("p", { class: "quiet" }, [fill(words.silence_until, { time: momentOf(silence.until_at, page) }),
      fill(words.silence_by, { by: silence.made_by, reason: silence.reason })].join(" · ")),
    silence.yours ? make("button", { class: "button", type: "button", "data-key": `end-${silence.id}`,
      onclick: () => page.end(silence) }, words.silence_end) : null);
}

/** What a silence is about: a rule somewhere, a rule anywhere, or all of a place. */
export function whatOf({ rule, unit }, titles, page) {
  const title = titles.get(rule) ?? rule;
  if (rule === null) return fill(page.words.silence_unit, { place: placeOf(unit, page) });
  if (unit === null) return fill(page.words.silence_rule, { title });
  return fill(page.words.silence_this, { title, place: placeOf(unit, page) });
}

export function paintChannels({ service, outbox }, page) {
  const { words } = page;
  const channels = service?.channels ?? [];
  redraw(document.getElementById("channels"), [channels, outbox], () =>
    channels.length === 0 ? make("p", { class: "quiet" }, words.channels_none)
      : channels.map((channel) => channelRow(channel, outbox.find((each) => each.channel === channel.channel), page)));
}

function channelRow({ channel, where }, done, page) {
  const { words, writer } = page;
  const failing = done?.failing > 0;
  const givenUp = done?.given_up > 0;
  const state = givenUp ? "bad" : failing ? "warn" : "good";
  const said = [
    givenUp ? fill(words.channel_given_up, { n: writer.count(done.given_up) }) : null,
    failing ? fill(words.channel_failing, { n: writer.count(done.failing) }) : null,
    !givenUp && !failing ? (done?.sent_at ? words.channel_fine : words.channel_never) : null,
    done?.sent_at ? fill(words.channel_last, { time: momentOf(done.sent_at, page) }) : null,
  ].filter(Boolean).join(" · ");
  return make("article", { class: "alert-channel", "data-state": state },
    make("span", { class: "mark", "data-state": state, "aria-hidden": "true" }),
    make("h3", { class: "alert-where" }, `${words[`channel_${channel}`]} · ${where}`),
    make("p", { class: "quiet" }, said),
    done?.error ? make("p", { class: "alert-error" }, done.error) : null);
}
