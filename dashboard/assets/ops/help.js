// What the keys do, on one page.

import { make } from "../data/dom.js";

const KEPT = "ioc.queue.keys";
const KEYS = [
  ["move", "↑ ↓"], ["page", "Page Up, Page Down"], ["ends", "Home, End"], ["open", "Enter"], ["pick", "X, Space"],
  ["pick_more", "Shift + ↑ ↓"], ["pick_all", "Ctrl + A"], ["let_go", "Esc"], ["acknowledge", "A"], ["assign", "S"],
  ["comment", "C"], ["escalate", "E"], ["dismiss", "D"], ["hand_over", "H"], ["tie", "T"], ["search", "/"],
  ["views", "V"], ["news", "N"], ["help", "?"],
];

export class Help {
  constructor({ words, rights }) {
    this.dialog = document.getElementById("help");
    // Who dictates or strays over keys can do without letters that act (WCAG 2.1.4); the browser keeps it.
    this.isOn = make("input", { type: "checkbox", checked: localStorage.getItem(KEPT) === "off" ? undefined : "" });
    this.isOn.addEventListener("change", () => localStorage.setItem(KEPT, this.areKeysOn ? "on" : "off"));
    const acts = ["acknowledge", "assign", "comment", "escalate", "dismiss", "hand_over", "tie"];
    const shown = KEYS.filter(([name]) => rights.includes("act") || !acts.includes(name));
    this.dialog.replaceChildren(
      make("h2", { class: "panel-title", id: "help-title" }, words.help,
        make("button", { class: "button close", type: "button", onclick: () => this.close() }, words.close)),
      make("dl", { class: "keys" }, shown.map(([name, keys]) => make("div", { class: "key-line" },
        make("dt", {}, keys.split(", ").map((each) => make("kbd", {}, each))), make("dd", {}, words[`key_${name}`])))),
      make("p", { class: "quiet" }, words.help_where),
      make("label", { class: "keys-on" }, this.isOn, words.keys_on));
    document.getElementById("help-button").addEventListener("click", () => this.open());
  }

  /** Whether letters act. */
  get areKeysOn() {
    return this.isOn.checked;
  }

  open() {
    this.dialog.showModal();
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }
}
