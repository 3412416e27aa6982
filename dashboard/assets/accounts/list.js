// Everybody who has an account.

import { doAtOnce, openChange, openGrave } from "./form.js";
import { make, redraw } from "../data/dom.js";
import { fill } from "../wall/page.js";

const MOST_UNITS = 3;

export function paintList(place, accounts, page) {
  const { words } = page;
  redraw(place, accounts, () => make("table", { class: "table accounts" },
    make("thead", {}, make("tr", {}, ["who", "role", "way", "last", "acts"].map((name) =>
      make("th", { scope: "col" }, words[`head_${name}`])))),
    make("tbody", {}, accounts.map((account) => row(account, page)))));
}

function row(account, page) {
  const { words, writer, roles } = page;
  const time = (text) => writer.moment(text, new Date(page.clock.now).toISOString());
  const isOut = account.disabled_at !== null;
  return make("tr", { class: "account-row", "data-login": account.login, "data-state": isOut ? "disabled" : "open" },
    make("th", { scope: "row" }, make("span", { class: "account-name" }, account.name),
      make("span", { class: "quiet running" }, account.login),
      isOut ? make("span", { class: "account-out" }, fill(words.is_disabled, { time: time(account.disabled_at) })) : null),
    make("td", {}, make("span", {}, roles[account.role]), make("span", { class: "quiet" }, scope(account.scope, page))),
    make("td", {}, way(account, words)),
    make("td", {}, make("span", {}, account.signed_in_at === null ? words.never : time(account.signed_in_at)),
      account.sessions === 0 ? null
        : make("span", { class: "quiet" }, fill(words.sessions, { n: writer.count(account.sessions) }))),
    make("td", {}, acts(account, isOut, page)));
}

function scope(entries, { words, units, since }) {
  if (entries === null) return words.scope_all;
  const names = entries.map(({ code, on }) =>
    on >= since && units[code] !== undefined ? units[code] : fill(words.scope_unit, { unit: code, day: on }));
  const rest = names.length - MOST_UNITS;
  const first = names.slice(0, MOST_UNITS).join(", ");
  return rest > 0 ? fill(words.units_more, { units: first, n: rest }) : first;
}

function way(account, words) {
  const ways = [
    account.has_password ? words[account.must_change ? "way_must" : "way_password"] : null,
    account.has_oidc ? words.way_oidc : null,
    account.oidc_claim === null ? null : fill(words.way_expected, { claim: account.oidc_claim }),
  ].filter((each) => each !== null);
  return (ways.length === 0 ? [words.way_none] : ways).map((text) => make("span", {}, text));
}

function acts(account, isOut, page) {
  const { words } = page;
  const button = (kind, act) => make("button",
    { class: "button", type: "button", "data-key": `${kind}-${account.login}`, onclick: () => act(account, kind, page) }, words[kind]);
  return make("div", { class: "account-acts" },
    button("change", (one) => openChange(one, page)),
    button("password", openGrave),
    account.sessions > 0 ? button("end", doAtOnce) : null,
    isOut ? button("enable", doAtOnce) : button("disable", openGrave));
}
