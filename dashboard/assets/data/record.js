// One record in quarantine: its content, corrected if need be, and sent again.

import { make } from "./dom.js";
import { asOperator, hasKey, keepKey } from "./operator.js";
import { fill } from "../wall/page.js";

const REFUSED = { 401: "refused_key", 404: "refused_gone", 503: "refused_unavailable" };

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
  } else if (hasKey()) look(record, page, inner, say);
  else askForKey(record, page, inner, say);
}

function askForKey(record, page, inner, say) {
  const { words } = page;
  const field = make("input", { class: "field", id: "operator-key", type: "password", autocomplete: "off", required: "" });
  inner.replaceChildren(make("form", { class: "key-form", onsubmit: (event) => {
    event.preventDefault();
    keepKey(field.value.trim());
    look(record, page, inner, say);
  } },
    make("label", { for: "operator-key" }, words.key), field,
    make("button", { class: "button button-first", type: "submit" }, words.key_enter),
    make("p", { class: "quiet" }, words.key_where)));
  field.focus();
}

async function look(record, page, inner, say) {
  const { words } = page;
  const { status, told } = await asOperator(`/data/quarantine/${record.part}/${record.pos}`);
  if (status === 401) askForKey(record, page, inner, say);
  if (told === null) return say(refusal(status, words), "bad");
  const text = readable(told.body);
  const area = make("textarea", { class: "field record-body", id: "record-body", spellcheck: "false" });
  area.value = text;
  const button = make("button", { class: "button button-first", type: "button", onclick: async () => {
    button.disabled = true;
    say(words.replaying, "none");
    const corrected = area.value === text ? undefined : area.value;
    const sent = await asOperator("/data/quarantine/replay", { part: record.part, pos: record.pos, corrected });
    button.disabled = sent.told !== null;
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
