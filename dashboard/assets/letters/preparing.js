// What the letter shall say: a usual reason or another one, the new date, and the registry's number if there is one.

import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";
import { day } from "./saying.js";

const OTHER = "";

/** The form; `panel.act` does what it asks for. */
export function preparing(offer, { words }, panel) {
  const text = make("textarea", { class: "field", id: "letter-text", name: "text", rows: "2", maxlength: "500" });
  const texts = asked("letter-text", words.text, text, words.text_note);
  const reason = reasons(offer, words, (isOther) => {
    texts.hidden = !isOther;
    text.required = isOther;
  });
  const date = make("input", {
    class: "field running", id: "letter-date", name: "new_date", type: "date", required: "", value: offer.new_date,
    min: dayAfter(offer.today, 1), max: dayAfter(offer.today, offer.within), "aria-describedby": "letter-date-note",
  });
  const dates = asked("letter-date", words.new_date, date, words.new_date_note);
  date.addEventListener("input", () => check(date, offer, words, dates));
  const number = make("input", { class: "field running", id: "letter-number", name: "number", maxlength: "40",
    autocomplete: "off", placeholder: words.number_example, "aria-describedby": "letter-number-note" });
  texts.hidden = true;
  const form = make("form", { class: "letter-form" },
    asked("letter-reason", words.reason, reason), texts,
    make("div", { class: "letter-pair" }, dates,
      asked("letter-number", words.number, number, fill(words.number_note, { unit: offer.unit ?? "" }))),
    make("p", { class: "letter-note quiet" }, words.addressee),
    make("button", { class: "button button-first", type: "submit" }, words.prepare));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!date.reportValidity()) return;
    panel.act("", wish(new FormData(form)), (letter) => fill(words.prepared, letter));
  });
  return form;
}

function reasons(offer, words, chosen) {
  const select = make("select", { class: "field", id: "letter-reason", name: "reason", "data-next": "" },
    offer.reasons.map(({ key, text }) => make("option", { value: key }, sentence(text))),
    make("option", { value: OTHER }, words.other));
  select.addEventListener("change", () => chosen(select.value === OTHER));
  return select;
}

// A day off is told while it is chosen, not after a refusal.
function check(date, offer, words, place) {
  const value = date.value;
  const wrong = value === "" ? "" : value <= offer.today ? words.date_past
    : offer.free.includes(value) ? fill(words.date_free, { day: day(value) })
      : value > dayAfter(offer.today, offer.within) ? fill(words.date_far, { n: offer.within }) : "";
  date.setCustomValidity(wrong);
  date.toggleAttribute("aria-invalid", wrong !== "");
  if (wrong !== "") date.setAttribute("aria-invalid", "true");
  const note = place.querySelector(".letter-note");
  note.textContent = wrong || words.new_date_note;
  note.dataset.standing = wrong === "" ? "none" : "bad";
}

function wish(given) {
  const number = given.get("number").trim();
  const reason = given.get("reason");
  return {
    ...(reason === OTHER ? { text: given.get("text") } : { reason }),
    ...(number === "" ? {} : { number }),
    new_date: given.get("new_date"),
  };
}

/** A field with its label, and a note below that says more. */
export function asked(id, label, field, note) {
  return make("div", { class: "letter-asked" }, make("label", { for: id }, label), field,
    note === undefined ? null : make("p", { class: "letter-note quiet", id: `${id}-note`, role: "status" }, note));
}

function dayAfter(iso, days) {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
