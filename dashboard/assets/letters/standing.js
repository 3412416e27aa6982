// A letter that is prepared or sent: what it says, its files, and what can still be done with it.

import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";
import { asked } from "./preparing.js";
import { day, when } from "./saying.js";

/** Its facts, its files, and for who may act what comes next. */
export function standing(letter, { words, may_act: mayAct }, panel) {
  return make("div", { class: "letter-standing" },
    make("dl", { class: "letter-facts" },
      fact(words.reason, letter.reason), fact(words.promised, day(letter.new_date)),
      fact(words.by, `${letter.prepared_by}, ${when(letter.prepared_at)}`)),
    make("div", { class: "letter-acts" }, files(letter, words), mayAct ? marking(letter, words, panel) : null),
    letter.state === "sent" ? null : make("p", { class: "letter-note quiet" }, words.addressee),
    mayAct && letter.state === "prepared"
      ? make("div", { class: "letter-more" }, renumbering(words, panel), voiding(words, panel)) : null);
}

const fact = (name, value) => [make("dt", {}, name), make("dd", {}, value)];

function files({ files: { docx, pdf }, state }, words) {
  return [["docx", docx], ["pdf", pdf]].map(([kind, address]) => {
    const isNext = kind === "docx" && state !== "sent" ? "" : undefined;
    return make("a", { class: "button", href: address, download: "", "data-next": isNext }, words[kind]);
  });
}

function marking(letter, words, panel) {
  if (letter.state === "sent") return null;
  const send = () => panel.act("/sent", {}, (_, status) => (status === 202 ? words.waits : words.sent));
  return make("button", { class: "button button-first", type: "button", onclick: send },
    letter.state === "sending" ? words.send_again : words.send);
}

function renumbering(words, panel) {
  const field = make("input", { class: "field running", id: "letter-new-number", name: "number", required: "",
    maxlength: "40", autocomplete: "off", placeholder: words.number_example });
  return folded(words.renumber, asked("letter-new-number", words.new_number, field),
    make("button", { class: "button", type: "submit" }, words.save),
    () => panel.act("/number", { number: field.value }, (letter) => fill(words.renumbered, letter)));
}

function voiding(words, panel) {
  const field = make("input", { class: "field", id: "letter-void", name: "reason", required: "", maxlength: "500",
    autocomplete: "off", "aria-describedby": "letter-void-note" });
  return folded(words.void, asked("letter-void", words.void_reason, field, words.void_note),
    make("button", { class: "button button-grave", type: "submit" }, words.do_void),
    () => panel.act("/void", { reason: field.value }, (letter) => fill(words.voided, letter)));
}

// What is rarely needed is folded away.
function folded(title, field, button, does) {
  const form = make("form", { class: "letter-form" }, field, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    does();
  });
  return make("details", {}, make("summary", {}, title), form);
}

/** The numbers that count for nothing any more, each with its reason; null where there are none. */
export function voidList(letters, words) {
  if (letters.length === 0) return null;
  const facts = ({ number, void_reason: reason, void_by: by, void_at: at }) => ({ number, reason, by, at: when(at) });
  return make("details", { class: "letter-void" }, make("summary", {}, `${words.void_list} (${letters.length})`),
    make("ul", {}, letters.map((letter) => make("li", {}, fill(words.void_one, facts(letter))))));
}
