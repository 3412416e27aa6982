// Saved views: lists that somebody looks at each day, by name. One of them may be what the page opens with.

import { Query } from "./query.js";
import { make } from "../data/dom.js";
import { post } from "../display/ask.js";
import { fill } from "../wall/page.js";

const MOST = 50;

export class Views {
  constructor(page, address, kept) {
    Object.assign(this, { page, address, kept });
    this.button = document.getElementById("views-button");
    this.menu = document.getElementById("views");
    this.button.addEventListener("click", () => (this.menu.open ? this.menu.close() : this.open()));
    this.menu.addEventListener("close", () => this.button.setAttribute("aria-expanded", "false"));
    this.menu.addEventListener("keydown", (event) => this.#key(event));
    this.menu.addEventListener("click", (event) => {
      if (event.target === this.menu) this.menu.close(); // beside it
    });
    this.show();
  }

  /** The one that the page opens with, where its address asks for nothing. */
  get first() {
    return this.kept.find((view) => view.first) ?? null;
  }

  /** The name of the list that is shown, if it has one, stands on the button. */
  show() {
    const { words } = this.page;
    const here = this.kept.find((view) => new Query(view.query).text === this.address.query.text);
    this.button.querySelector("span").textContent = here?.name ?? words.views;
    this.button.dataset.set = here === undefined ? "no" : "yes";
  }

  open() {
    this.#draw();
    this.menu.showModal();
    this.button.setAttribute("aria-expanded", "true");
    this.menu.querySelector(".view-go, input")?.focus();
  }

  #draw(said = "") {
    const { words } = this.page;
    const rows = this.kept.map((view) => this.#row(view));
    const form = make("form", { class: "view-new" },
      make("label", { class: "quiet", for: "view-name" }, words.view_new),
      make("input", { class: "field", id: "view-name", name: "name", required: "", maxlength: "60",
        autocomplete: "off" }),
      make("label", { class: "view-first" }, make("input", { type: "checkbox", name: "first" }), words.view_first),
      make("button", { class: "button button-first", type: "submit" }, words.view_save),
      make("p", { class: "view-said", role: "status" }, said));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(form);
      this.#save(given.get("name").trim(), given.has("first"));
    });
    this.menu.replaceChildren(make("h2", { class: "panel-title", id: "views-title" }, words.views,
      make("button", { class: "button close", type: "button", onclick: () => this.menu.close() }, words.close)),
    rows.length === 0 ? make("p", { class: "quiet" }, words.views_none) : make("ul", {}, rows), form);
  }

  #row(view) {
    const { words } = this.page;
    const here = new Query(view.query).text === this.address.query.text ? "true" : undefined;
    const drop = fill(words.view_drop, { name: view.name });
    return make("li", { class: "view" },
      make("button", { class: "view-go", type: "button", "aria-current": here, onclick: () => this.#go(view) },
        make("span", { class: "view-name" }, view.name),
        view.first ? make("span", { class: "quiet" }, words.view_is_first) : null),
      make("button", { class: "button view-drop", type: "button", title: drop, "aria-label": drop,
        onclick: () => this.#drop(view) }, "×"));
  }

  #go(view) {
    this.menu.close();
    this.address.go(new Query(view.query));
    this.page.focusGrid();
  }

  async #save(name, first) {
    const { words } = this.page;
    if (name === "") return;
    if (this.kept.length >= MOST && !this.kept.some((view) => view.name === name)) {
      this.#draw(fill(words.views_full, { n: MOST }));
      return;
    }
    const { status, told } = await post("/ops/views", { name, query: this.address.query.text, first });
    this.#took(status, told, fill(words.view_saved, { name }));
  }

  async #drop(view) {
    let answer = null;
    try {
      answer = await fetch(`/ops/views/${view.id}`, { method: "DELETE", signal: AbortSignal.timeout(8_000) });
    } catch {
      // Nobody answers: it is said below.
    }
    const told = answer?.ok ? await answer.json() : null;
    this.#took(answer?.status ?? 0, told, fill(this.page.words.view_dropped, { name: view.name }));
  }

  #took(status, told, said) {
    const { words } = this.page;
    if (status === 401) this.page.signIn();
    if (status === 200 && told !== null) this.kept = told.views;
    this.#draw(status === 200 ? said : status === 409 ? fill(words.views_full, { n: MOST }) : words.view_refused);
    this.menu.querySelector("#view-name").focus();
    this.show();
  }

  // Arrows go through the names as in any menu.
  #key(event) {
    const names = [...this.menu.querySelectorAll(".view-go")];
    const place = names.indexOf(document.activeElement);
    if (place < 0 || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    names[(place + (event.key === "ArrowDown" ? 1 : names.length - 1)) % names.length].focus();
  }
}
