// Acting on the case from its own page: buttons and keys, and what will hold shown until the answer comes.

import { KEYS, openAct } from "./acts.js";

export class Acting {
  /** `renew` reads the case again, `repaint` shows a state. */
  constructor(page, renew, repaint) {
    Object.assign(this, { page, renew, repaint, state: null, guess: null });
    this.buttons = [...document.querySelectorAll("#acts button")];
    this.notice = document.getElementById("notice");
    for (const button of this.buttons) button.addEventListener("click", () => this.#act(button.dataset.act, button));
    if (this.buttons.length > 0) document.addEventListener("keydown", (event) => this.#key(event));
  }

  /** What is shown now. */
  show(state) {
    this.state = state;
    for (const button of this.buttons) {
      button.disabled = !state.may_act || !(state.is_open || ["comment", "tie"].includes(button.dataset.act));
    }
  }

  /** The state as it will be once what was just sent has taken effect. */
  expecting(state) {
    return this.guess === null ? state : { ...state, handling: { ...state.handling, ...this.guess }, pending: true };
  }

  #key(event) {
    const kind = KEYS[event.key.toLowerCase()];
    const typing = event.target.closest?.("input, select, textarea, dialog, [contenteditable]");
    if (kind === undefined || typing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const button = this.buttons.find((each) => each.dataset.act === kind);
    if (button === undefined || button.disabled) return;
    event.preventDefault();
    this.#act(kind, button);
  }

  async #act(kind, button) {
    const { page, state } = this;
    if (state === null) return;
    const before = state.pending ? null : state;
    this.notice.textContent = "";
    const results = await openAct(kind, [{ case: page.case, seen: state.handling.version, holder: state.handling.holder,
      ties: state.handling.ties }], {
      language: page.language, acts: page.acts, login: page.login,
      place: document.activeElement === document.body ? button : document.activeElement,
      sending: (_, guess) => {
        this.guess = guess;
        if (before !== null) this.repaint(this.expecting(before));
      },
      settled: () => {
        this.guess = null;
        this.renew();
      },
    });
    if (results === null) return;
    const [{ took }] = results;
    this.notice.textContent = page.words[took === null ? "lying" : took ? "taken" : "refused"];
    this.notice.dataset.standing = took === false ? "bad" : "none";
  }
}
