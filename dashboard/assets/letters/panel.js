// The letter of apology on the page of a case: prepared, printed, marked as sent, all from the keyboard.

import { make } from "../data/dom.js";
import { ask, tell } from "./asking.js";
import { preparing } from "./preparing.js";
import { standing, voidList } from "./standing.js";
import { refusal, when } from "./saying.js";
import { fill } from "../wall/page.js";

/**
 * Fills `root` with what can be done about the letter of `facts.case`; `facts` = {case, words (of the table [letter]),
 * may_act}. After each act it fires a bubbling event "letter" with {state}. What is no application, or not in the
 * person's scope, leaves `root` hidden. `refresh()` of what is answered is for news of the case.
 */
export function letterPanel(root, facts) {
  const panel = new Panel(root, facts);
  panel.read();
  return panel;
}

class Panel {
  constructor(root, facts) {
    Object.assign(this, { root, facts, words: facts.words, address: `/ops/letter/${encodeURIComponent(facts.case)}` });
    this.place = make("div", { class: "letter-place" });
    this.status = make("p", { class: "letter-status", role: "status", "data-standing": "none" });
    root.classList.add("letter", "panel");
    root.hidden = true; // until it is known whether there is anything to say
    root.replaceChildren(make("h2", { class: "panel-title" }, this.words.title), this.place, this.status);
  }

  /** Reads how it stands and shows it; `says` stays below, `focus` goes to what comes next. */
  async read(says = "", focus = false) {
    const { status, told } = await ask(this.address);
    this.root.hidden = status === 404;
    if (status === 404) {
      this.root.dataset.state = "absent";
      return;
    }
    if (status !== 200) {
      this.#say(refusal(this.words, status, told), "bad");
      this.place.replaceChildren(this.#button("again", () => this.read("", true)));
      return;
    }
    this.#show(told);
    this.#say(says, "good");
    if (focus) (this.place.querySelector("[data-next]") ?? this.place.querySelector(".letter-said")).focus();
  }

  /** Reads it again, and shows it where somebody else did something: what is being typed stays otherwise. */
  async refresh() {
    const { status, told } = await ask(this.address);
    if (status !== 200 || this.state === undefined || this.isBusy || alike(told, this.state)) return;
    this.#show(told);
    this.#say("", "none");
  }

  #show(state) {
    this.state = state;
    this.root.dataset.state = state.state;
    this.place.replaceChildren(...this.#drawn(state).filter((part) => part !== null));
  }

  #drawn(state) {
    const { words, facts } = this;
    const parts = [make("p", { class: "letter-said", tabindex: "-1" }, said(state, words))];
    if (state.letter?.state === "prepared" && !state.is_due) parts.push(make("p", {}, words.refused_not_owed));
    if (state.letter !== null) parts.push(standing(state.letter, facts, this));
    else if (state.is_due && facts.may_act) parts.push(...this.#offered(state.offer));
    else if (state.is_due) parts.push(make("p", { class: "quiet" }, words.only_look));
    return [...parts, voidList(state.void, words)];
  }

  #offered(offer) {
    return offer === null ? [make("p", { class: "quiet" }, this.words.no_unit)] : [preparing(offer, this.facts, this)];
  }

  /** Does an act; answers whether it was done, and says what came of it. `done` makes the sentence of what it told. */
  async act(path, body, done) {
    const buttons = this.place.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    this.#say(this.words.busy, "none");
    this.isBusy = true;
    const { status, told } = await tell(`${this.address}${path}`, body);
    this.isBusy = false;
    for (const button of buttons) button.disabled = false;
    const taken = status === 200 || status === 201 || status === 202;
    if (!taken && told.took !== false) {
      this.#say(refusal(this.words, status, told), "bad");
      if (status === 409) await this.#changed(refusal(this.words, status, told));
      return false;
    }
    const { letter } = told;
    const overtaken = () => fill(this.words.overtaken, { by: letter.sent_by, at: when(letter.sent_at) });
    const sentence = taken ? done(letter, status) : overtaken();
    await this.read(sentence, true);
    this.root.dispatchEvent(new CustomEvent("letter", { bubbles: true, detail: { state: this.state?.state } }));
    return true;
  }

  // Somebody else was there in between: what stands now is shown beside the reason.
  async #changed(reason) {
    await this.read("", true);
    this.#say(reason, "bad");
  }

  #say(text, mood) {
    this.status.textContent = text;
    this.status.dataset.standing = mood;
  }

  #button(key, does) {
    return make("button", { class: "button", type: "button", onclick: does, "data-next": "" }, this.words[key]);
  }
}

// What may be chosen from changes by the day; what stands changes by what somebody did.
const alike = (one, other) => JSON.stringify({ ...one, offer: null }) === JSON.stringify({ ...other, offer: null });

function said(state, words) {
  const { letter, told } = state;
  if (letter !== null) {
    const facts = { number: letter.number, at: when(letter.sent_at), by: letter.sent_by };
    return fill(words[`stands_${letter.state}`], facts);
  }
  if (state.is_due) return fill(words.owed, { since: when(state.owed_since) });
  const last = told.at(-1);
  if (last === undefined) return words.not_owed;
  return fill(words.stands_elsewhere, { number: last.number ?? words.unnumbered, at: when(last.sent_at) });
}

const style = make("link", { rel: "stylesheet", href: new URL("./letters.css", import.meta.url).href });
document.head.append(style);
