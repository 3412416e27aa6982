// What is asked about an account, and what was answered.

import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";

/** Name, role, scope and name at the provider. `account` is what stands in them first. */
export function fields(start, account, page) {
  const { words, roles } = page;
  const role = make("select", { class: "field", id: `${start}-role`, name: "role", "aria-describedby": `${start}-may` },
    Object.entries(roles).map(([name, title]) =>
      make("option", { value: name, selected: name === account.role ? "" : undefined }, title)));
  const may = make("span", { class: "quiet", id: `${start}-may` });
  const say = () => {
    may.textContent = words[`may_${role.value}`];
  };
  role.addEventListener("change", say);
  say();
  return [
    asked(`${start}-name`, words.name, make("input", {
      class: "field", id: `${start}-name`, name: "name", required: "", maxlength: "80", value: account.name,
      autocomplete: "off",
    })),
    asked(`${start}-role`, words.role, role, may),
    asked(`${start}-oidc`, words.oidc, make("input", {
      class: "field", id: `${start}-oidc`, name: "oidc", maxlength: "200", autocomplete: "off", spellcheck: "false",
      value: account.oidc_claim ?? "",
    })),
    scopeOf(start, account.scope, page),
  ];
}

/** A label over its field, and what there is to say below it. */
export function asked(id, label, field, note = null) {
  return make("div", { class: "account-asked" }, make("label", { for: id }, label), field, note);
}

function scopeOf(start, scope, { words, units, day, since }) {
  const has = new Map((scope ?? []).map(({ code, on }) => [code, on]));
  const codes = [...new Set([...has.keys(), ...Object.keys(units)])];
  const choice = (value, text) => make("label", { class: "account-choice" },
    make("input", { type: "radio", name: "everywhere", value, checked: (scope === null) === (value === "yes") ? "" : undefined }),
    text);
  const some = make("div", { class: "account-units" }, codes.map((code) =>
    make("label", { class: "account-choice" },
      make("input", { type: "checkbox", name: "unit", value: code, "data-on": has.get(code) ?? day,
        checked: has.has(code) ? "" : undefined }),
      (has.get(code) ?? day) >= since && units[code] !== undefined ? units[code]
        : fill(words.scope_unit, { unit: code, day: has.get(code) ?? day }))));
  const all = choice("yes", words.scope_all);
  const field = make("fieldset", { class: "account-asked account-scope", id: `${start}-scope` },
    make("legend", {}, words.scope), all, choice("no", words.scope_some), some);
  const show = () => {
    some.hidden = all.querySelector("input").checked;
  };
  field.addEventListener("change", show);
  show();
  return field;
}

/** What the form says: {name, role, oidc, scope}; scope null is the whole area. */
export function answers(form) {
  const data = new FormData(form);
  const units = [...form.querySelectorAll("[name=unit]:checked")];
  return {
    name: data.get("name").trim(),
    role: data.get("role"),
    oidc: data.get("oidc").trim() || null,
    scope: data.get("everywhere") === "yes" ? null : units.map(({ value, dataset }) => ({ code: value, on: dataset.on })),
  };
}
