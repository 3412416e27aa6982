// An act that did not take effect: who was first and when, or what was wrong with it.

import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";
import { peopleOf } from "./acts_forms.js";

const STATUSES = { 0: "away", 401: "signed_out", 403: "not_for_you", 404: "gone", 503: "away" };

/** One sentence for each case; names are written for logins where they can be asked for. */
export async function paintOutcome(place, failed, kind, facts) {
  const overtaken = failed.some((each) => each.overtaken_by);
  const people = overtaken ? await peopleOf(failed, facts) : [];
  const nameOf = (login) => people.find((each) => each.login === login)?.name ?? login;
  const many = failed.length > 1;
  place.setAttribute("role", "alert");
  place.append(make("ul", { class: "act-failed" }, failed.map((each) => make("li", { "data-case": each.case },
    many ? make("strong", {}, `${each.case}: `) : null, sentence(each, nameOf, facts)))));
}

function sentence({ overtaken_by: first, status, detail }, nameOf, { acts: words, language }) {
  if (first) {
    const who = first.by_name ?? nameOf(first.by);
    const what = words[`first_${first.act}`] ?? words.first_other;
    return fill(words.overtaken, { what: fill(what, { who }), at: clock(first.at, language) });
  }
  return words[`refused_${detail}`] ?? words[`refused_${STATUSES[status]}`] ?? fill(words.refused_other, { status });
}

/** 14:02 today, else 14:02 21/11; in the time of Mộc Châu. */
export function clock(iso, language) {
  const locale = language === "vi" ? "vi-VN" : "en-GB";
  const zone = { timeZone: "Asia/Ho_Chi_Minh" };
  const day = new Intl.DateTimeFormat(locale, { ...zone, day: "2-digit", month: "2-digit" });
  const hour = new Intl.DateTimeFormat(locale, { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const at = new Date(iso);
  return day.format(at) === day.format(new Date()) ? hour.format(at) : `${hour.format(at)} ${day.format(at)}`;
}
