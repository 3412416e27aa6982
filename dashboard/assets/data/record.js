// One record in quarantine: its content, corrected if need be, and sent again.

import { make } from "./dom.js";
import { signInFromHere } from "../accounts/going.js";
import { fill } from "../wall/page.js";

const REFUSED = { 403: "refused_role", 404: "refused_gone", 503: "refused_unavailable" };

export function openRecord(record, page) {
  const { words } = page;
  const dialog = document.getElementById("record");
  const inner = make("div", { class: "record-inner" });
  const saying = make("p", { class: "record-saying", role: "status" });
  dialog.replaceChildren(
    make("header", { class: "record-head" },
      make("div", {}, make("h2", { class: "panel-title" }, record.reason),
        make("p", { class: "quiet" }, [fill(words.quarantine_position, record), record.key || null,
          record.place ? fill(words.quarantine_place, record) : null].filter(Boolean).join(" · "))),
      make("button", { class: "button", type: "button", onclick: () => dialog.close() }, words.close)),
    inner, saying);
  const say = (text, standing) => {
    saying.textContent = text;
    saying.dataset.standing = standing;
  };
  dialog.showModal();
  if (!page.operators) {
    inner.append(make("p", {}, words.replay_off), make("code", {}, `ioc stream quarantine show ${record.part} ${record.pos}`),
      make("code", {}, `ioc stream quarantine replay ${record.part} ${record.pos}`));
  } else look(record, page, inner, say);
}

function askToSignIn(page, inner) {
  inner.replaceChildren(make("p", {}, make("a", { class: "record-link", id: "record-sign-in", href: signInFromHere() },
    page.words.sign_in)));
  inner.querySelector("a").focus();
}

/** What the server answers, and how: {status, told}. */
async function asked(address, body) {
  const request = body === undefined ? {}
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const answer = await fetch(address, { ...request, cache: "no-store" });
    return { status: answer.status, told: answer.ok ? await answer.json() : null };
  } catch {
    return { status: 503, told: null };
  }
}

async function look(record, page, inner, say) {
  const { words } = page;
  const { status, told } = await asked(`/data/quarantine/${record.part}/${record.pos}`);
  if (status === 401) return askToSignIn(page, inner);
  if (told === null) return say(refusal(status, words), "bad");
  const text = readable(told.body);
  const area = make("textarea", { class: "field record-body", id: "record-body", spellcheck: "false" });
  area.value = text;
  const button = make("button", { class: "button button-first", type: "button", onclick: async () => {
    button.disabled = true;
    say(words.replaying, "none");
    const corrected = area.value === text ? undefined : area.value;
    const sent = await asked("/data/quarantine/replay", { part: record.part, pos: record.pos, corrected });
    button.disabled = sent.told !== null;
    if (sent.status === 401) return askToSignIn(page, inner);
    if (sent.told === null) return say(refusal(sent.status, words), "bad");
    say(fill(words.replayed, sent.told), "good");
    page.askAgain();
  } }, words.replay);
  inner.replaceChildren(make("label", { class: "quiet", for: "record-body" }, words.body), area,
    make("div", { class: "record-act" }, make("p", { class: "quiet" }, words.correct), button));
  say("", "none");
}

const refusal = (status, words) => (REFUSED[status] ? words[REFUSED[status]] : fill(words.refused_other, { status }));

// JSON is laid out for reading where nothing is lost by it (a number may be longer than ours); the rest as it lies.
function readable(body) {
  try {
    const value = JSON.parse(body);
    return JSON.stringify(value) === body ? JSON.stringify(value, null, 2) : body;
  } catch {
    return body;
  }
}
