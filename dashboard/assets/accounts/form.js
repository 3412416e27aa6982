// Adding an account, and the dialogs that change one.

import { answers, asked, fields } from "./fields.js";
import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";

const FIRST = { name: "", role: "operator", scope: null, oidc_claim: null };

/** The form that adds. It is made once, and what somebody is typing stays. */
export function paintAdd(place, page) {
  const { words } = page;
  const make_ = () => make("form", { class: "account-form" },
    asked("new-login", words.login, make("input", {
      class: "field running", id: "new-login", name: "login", required: "", autocomplete: "off", autocapitalize: "none",
      spellcheck: "false", maxlength: "40", pattern: "[a-z0-9][a-z0-9._\\-]{1,39}", title: words.login_rule,
    }), make("span", { class: "quiet" }, words.login_rule)),
    fields("new", FIRST, page),
    make("div", { class: "account-acts" }, make("button", { class: "button button-first", type: "submit" }, words.add)),
    saying());
  const fresh = () => {
    const form = make_();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const login = new FormData(form).get("login").trim();
      const told = await does(form, "/accounts/add", { login, ...answers(form) }, page);
      if (told === null) return;
      place.replaceChildren(fresh());
      say(place.querySelector("form"), fill(told.password === null ? words.added_oidc : words.added, { login }), "good");
      if (told.password !== null) openOneTime(told, page);
    });
    return form;
  };
  place.replaceChildren(fresh());
}

/** The dialog that changes name, role and scope. */
export function openChange(account, page) {
  const { words } = page;
  const before = { name: account.name, role: account.role, scope: account.scope, oidc: account.oidc_claim };
  openForm(fill(words.change_title, account), [...fields("old", account, page), make("p", { class: "quiet" }, words.change_what)],
    { text: words.save, name: "button-first" }, page, async (form) => {
      const now = answers(form);
      const body = Object.fromEntries(Object.entries(now).filter(([name, value]) =>
        name !== "scope" && value !== null && value !== before[name]));
      if (JSON.stringify(now.scope) !== JSON.stringify(before.scope)) {
        Object.assign(body, now.scope === null ? { everywhere: true } : { scope: now.scope });
      }
      const told = await does(form, `/accounts/${account.login}/change`, body, page);
      return told && fill(words.saved, account);
    });
}

/** The dialog that asks once more before somebody is shut out, or gets another password. */
export function openGrave(account, kind, page) {
  const { words } = page;
  const [address, body] = kind === "disable" ? ["change", { disabled: true }] : ["password", {}];
  openForm(fill(words[`${kind}_title`], account), [make("p", {}, words[`${kind}_what`])],
    { text: words[kind], name: "button-grave" }, page, async (form) => {
      const told = await does(form, `/accounts/${account.login}/${address}`, body, page);
      if (told === null) return null;
      if (kind === "password") return openOneTime(told, page);
      return fill(words.disabled, account);
    });
}

/** Does what needs no second question, and says below the list what came of it. */
export async function doAtOnce(account, kind, page) {
  const { words } = page;
  const [address, body] = kind === "enable" ? ["change", { disabled: false }] : ["end", {}];
  const { status, told } = await page.act(`/accounts/${account.login}/${address}`, body);
  const text = status === 200 ? fill(words[kind === "enable" ? "enabled" : "ended"], account) : refusal(status, told, words);
  note(text, status === 200 ? "good" : "bad");
}

function openForm(title, content, { text, name }, page, send) {
  const { words } = page;
  const dialog = document.getElementById("dialog");
  const form = make("form", { class: "account-form" }, content, saying(), make("div", { class: "account-acts" },
    make("button", { class: "button", type: "button", onclick: () => dialog.close() }, words.cancel),
    make("button", { class: `button ${name}`, type: "submit" }, text)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const done = await send(form);
    if (typeof done !== "string") return;
    dialog.close();
    note(done, "good");
  });
  open(title, form);
}

/** Shows a password that nobody will ever see again. */
function openOneTime({ login, password }, { words }) {
  const dialog = document.getElementById("dialog");
  const copied = make("span", { class: "quiet", role: "status" });
  open(fill(words.one_time, { login }), make("div", { class: "account-form" },
    make("code", { class: "account-once", id: "one-time" }, password), make("p", { class: "quiet" }, words.one_time_what),
    make("div", { class: "account-acts" }, copied,
      make("button", { class: "button", type: "button", hidden: navigator.clipboard === undefined ? "" : undefined,
        onclick: async () => {
          await navigator.clipboard.writeText(password);
          copied.textContent = words.copied;
        } }, words.copy),
      make("button", { class: "button button-first", type: "button", onclick: () => {
        dialog.close();
        dialog.replaceChildren(); // the password leaves the page
      } }, words.close))));
}

function open(title, content) {
  const dialog = document.getElementById("dialog");
  dialog.replaceChildren(make("h2", { class: "panel-title", id: "dialog-title" }, title), content);
  dialog.setAttribute("aria-labelledby", "dialog-title");
  if (!dialog.open) dialog.showModal();
}

async function does(form, address, body, page) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  say(form, "", "none");
  const { status, told } = await page.act(address, body);
  button.disabled = false;
  if (status === 200) return told;
  say(form, refusal(status, told, page.words), "bad");
  return null;
}

function refusal(status, told, words) {
  const reason = words[`refused_${told?.detail}`] ?? words[`refused_${status}`];
  return reason ?? (status === 400 || status === 422 ? words.refused_not_understood : words.refused_away);
}

const saying = () => make("p", { class: "account-saying", role: "status" });

function say(form, text, standing) {
  const place = form.querySelector(".account-saying");
  place.textContent = text;
  place.dataset.standing = standing;
}

function note(text, standing) {
  const place = document.getElementById("list-note");
  place.textContent = text;
  place.dataset.standing = standing;
  place.setAttribute("role", "status");
}
