// Acting on cases: one accessible dialog for each kind of act, the same in the queue and on the page of a case.
//
// What is sent is shown at once (`facts.sending`) and the dialog leaves, so that the next key is the next act; it comes
// back only where something did not take effect: refused, or somebody else was first.

import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";
import { bodiesOf, fieldsOf, guessOf } from "./acts_forms.js";
import { paintOutcome } from "./acts_outcome.js";
import { sendAll } from "./acts_sending.js";

/** Which key opens which act, in the queue and on the page of a case. */
export const KEYS = {
  a: "acknowledge", s: "assign", c: "comment", e: "escalate", d: "dismiss", h: "hand_over", t: "tie",
};

const SENDING = new Set(["TEXTAREA", "SELECT"]);

/**
 * Asks for what the act needs and sends it; `cases` = [{case, seen, ties?}], several at once in one go.
 *
 * `facts`: language, `acts` (words of the table [acts]), `login` of who acts; if at hand `people`, `place` (what gets
 * the focus back), `sending(codes, guess)`, called when the request leaves, with what will hold then, and
 * `settled(results)`, when the answers are there and the guess is over. Answers null when it was left, else
 * [{case, status, took, handling, overtaken_by, detail}], once nobody wants to try again; it never fails.
 */
export function openAct(kind, cases, facts) {
  return new Promise((resolve) => {
    new Dialog(kind, cases, facts, resolve).ask();
  });
}

class Dialog {
  constructor(kind, cases, facts, resolve) {
    Object.assign(this, { kind, cases, facts, resolve, results: new Map(), isAway: false });
    this.place = facts.place ?? document.activeElement;
    this.element = make("dialog", { class: "act-dialog", "data-act": kind, "aria-labelledby": "act-title" });
    this.element.addEventListener("close", () => {
      if (!this.isAway) this.#done();
    });
    document.body.append(this.element);
  }

  /** What the act needs, to be typed. */
  ask() {
    const { acts: words } = this.facts;
    this.form = make("form", { class: "act-form", novalidate: "" }, fieldsOf(this.kind, this.cases, this.facts),
      make("p", { class: "act-saying", role: "alert" }),
      make("div", { class: "act-buttons" },
        make("span", { class: "act-hint quiet" }, words.hint),
        make("button", { class: "button", type: "button", onclick: () => this.element.close() }, words.cancel),
        make("button", { class: "button button-first", type: "submit" }, words[`send_${this.kind}`])));
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    this.form.addEventListener("keydown", (event) => this.#typed(event));
    this.element.replaceChildren(this.#title(), this.form);
    this.element.showModal();
    (this.form.querySelector("[data-first]") ?? this.form.querySelector("[type=submit]")).focus();
  }

  #title() {
    const { acts: words } = this.facts;
    const [{ case: code }] = this.cases;
    const many = this.cases.length > 1;
    return make("header", { class: "act-head" },
      make("h2", { class: "panel-title", id: "act-title" }, words[`title_${this.kind}`]),
      make("p", { class: "act-cases quiet" }, many ? fill(words.cases, { n: this.cases.length }) : code));
  }

  // Enter sends, also where a text is written or a person chosen; with Shift it begins a new line.
  #typed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !SENDING.has(event.target.tagName)) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  #submitted(event) {
    event.preventDefault();
    const bad = [...this.form.elements].find((field) => field.willValidate && !field.validity.valid);
    if (bad !== undefined) {
      bad.setAttribute("aria-invalid", "true");
      this.form.querySelector(".act-saying").textContent = this.facts.acts[bad.dataset.missing ?? "missing"];
      bad.focus();
      return;
    }
    this.said = new FormData(this.form);
    this.#send(this.cases);
  }

  async #send(cases) {
    const { facts, kind, said } = this;
    facts.sending?.(cases.map((each) => each.case), guessOf(kind, said, facts));
    this.#leave();
    const results = await sendAll(bodiesOf(kind, cases, said));
    facts.settled?.(results);
    for (const each of results) this.results.set(each.case, each);
    const failed = results.filter(({ took }) => took === false);
    if (failed.length === 0) return this.#finish();
    return this.#tell(failed);
  }

  // What did not take effect, and why; whoever was overtaken may act again on what holds now.
  async #tell(failed) {
    const again = failed.filter(({ handling, overtaken_by: first }) => handling && first);
    const place = make("div", { class: "act-outcome" });
    await paintOutcome(place, failed, this.kind, this.facts);
    const { acts: words } = this.facts;
    const leave = make("button", { class: "button", type: "button", onclick: () => this.element.close() }, words.leave);
    const retry = make("button", { class: "button button-first", type: "button",
      onclick: () => this.#send(this.#anew(again)) }, fill(words[again.length > 1 ? "again_many" : "again"], { n: again.length }));
    const change = make("button", { class: "button", type: "button",
      onclick: () => this.#change(failed) }, words.change);
    const canChange = failed.some(({ status }) => status === 422);
    this.element.replaceChildren(this.#title(), place,
      make("div", { class: "act-buttons" }, leave, canChange ? change : null, again.length > 0 ? retry : null));
    this.isAway = false;
    if (!this.element.open) this.element.showModal();
    leave.focus(); // what somebody else did is to be read before it is answered
  }

  // What was refused as it was written: the text stands there still.
  #change(failed) {
    this.cases = this.cases.filter((each) => failed.some((one) => one.case === each.case));
    for (const { case: code } of failed) this.results.delete(code);
    this.element.replaceChildren(this.#title(), this.form);
    this.form.querySelector("[data-first]")?.focus();
  }

  #anew(again) {
    return again.map(({ case: code, handling }) => (
      { ...this.cases.find((each) => each.case === code), seen: handling.version }));
  }

  #leave() {
    this.isAway = true;
    this.element.close();
    this.place?.focus?.();
  }

  #finish() {
    if (this.element.open) this.element.close();
    else this.#done();
  }

  #done() {
    if (this.element.isConnected && !this.isAway) this.place?.focus?.();
    this.element.remove();
    this.resolve(this.results.size === 0 ? null : [...this.results.values()]);
  }
}

const style = make("link", { rel: "stylesheet", href: new URL("./acts.css", import.meta.url).href });
document.head.append(style);
