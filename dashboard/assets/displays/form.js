// Approving a display by the code on its screen, and changing what one shows.

import { make } from "../data/dom.js";
import { fill } from "../wall/page.js";

const THEMES = ["dark", "light"];
const LANGUAGES = ["vi", "en"];
const FIRST = { name: "", scenes: ["overview"], seconds: 30, language: "vi", theme: "dark" };

/** The form that approves: by code. It is made once, and what somebody is typing stays. */
export function paintForm(place, page) {
  const { words } = page;
  const code = make("input", {
    class: "field running", name: "code", id: "new-code", autocomplete: "off", spellcheck: "false", required: "",
    placeholder: "K7MP-3XQR", maxlength: "12",
  });
  const form = make("form", { class: "display-form" }, asked("new-code", words.code, code),
    fields("new", FIRST, page), make("button", { class: "button button-first", type: "submit" }, words.approve),
    saying());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const showing = showingIn(form);
    const body = { code: code.value, showing };
    if (await does(form, "/displays/approve", body, page)) {
      say(form, fill(words.approved, showing), "good");
      form.reset();
    }
  });
  place.replaceChildren(form);
}

/** The dialog that changes name and rotation of a display. */
export function openChange(dialog, display, page) {
  const { words } = page;
  const form = make("form", { class: "display-form" }, fields("old", display, page), saying(),
    make("div", { class: "display-acts" },
      make("button", { class: "button", type: "button", onclick: () => dialog.close() }, words.cancel),
      make("button", { class: "button button-first", type: "submit" }, words.save)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await does(form, `/displays/${display.id}/change`, showingIn(form), page))) return;
    dialog.close();
    done(words.saved);
  });
  open(dialog, fill(words.change_title, display), form);
}

/** The dialog that asks once more before a display is put out. */
export function openRevoke(dialog, display, page) {
  const { words } = page;
  const name = display.name ?? String(display.id);
  const form = make("form", { class: "display-form" }, make("p", {}, words.revoke_what), saying(),
    make("div", { class: "display-acts" },
      make("button", { class: "button", type: "button", onclick: () => dialog.close() }, words.cancel),
      make("button", { class: "button button-grave", type: "submit" }, words.revoke)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await does(form, `/displays/${display.id}/revoke`, {}, page))) return;
    dialog.close();
    done(fill(words.revoked, { name }));
  });
  open(dialog, fill(words.revoke_title, { name }), form);
}

function open(dialog, title, form) {
  dialog.replaceChildren(make("h2", { class: "panel-title", id: "dialog-title" }, title), form);
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
}

function fields(key, { name, scenes, seconds, language, theme }, { words, scenes: all, scene_names: names }) {
  const choice = (scene) =>
    make("label", { class: "display-choice" },
      make("input", { type: "checkbox", name: "scenes", value: scene, checked: scenes.includes(scene) ? "" : undefined }),
      names[scene]);
  return [
    asked(`${key}-name`, words.name, make("input", { class: "field", name: "name", id: `${key}-name`, required: "",
      maxlength: "80", autocomplete: "off", placeholder: words.name_example, value: name })),
    asked(`${key}-seconds`, words.seconds, make("input", { class: "field running", name: "seconds", id: `${key}-seconds`,
      type: "number", min: "5", max: "3600", required: "", value: String(seconds) })),
    select(`${key}-language`, "language", words.language, LANGUAGES.map((one) => [one, one.toUpperCase()]), language),
    select(`${key}-theme`, "theme", words.theme, THEMES.map((one) => [one, words[`theme_${one}`]]), theme),
    make("fieldset", { class: "display-asked" }, make("legend", {}, words.scenes),
      make("div", { class: "display-scenes" }, all.map(choice))),
  ];
}

const asked = (id, text, field) => make("div", { class: "display-asked" }, make("label", { for: id }, text), field);

function select(id, name, text, options, chosen) {
  const made = options.map(([value, shown]) =>
    make("option", { value, selected: value === chosen ? "" : undefined }, shown));
  return asked(id, text, make("select", { class: "field", name, id }, made));
}

const saying = () => make("p", { class: "display-saying", role: "status" });

function showingIn(form) {
  const given = new FormData(form);
  const of = (name) => given.get(name);
  return { name: of("name").trim(), scenes: given.getAll("scenes"), seconds: Number(of("seconds")),
    language: of("language"), theme: of("theme") };
}

/** Does it and says why not; answers whether it was done. */
async function does(form, address, body, page) {
  const { words } = page;
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  say(form, words.busy, "none");
  const { status } = await page.act(address, body);
  for (const button of buttons) button.disabled = false;
  if (status === 200) return true;
  const known = { 0: "refused_away", 400: "refused_input", 404: body.code ? "refused_code" : "refused_gone",
    503: "refused_away" }[status];
  say(form, known === undefined ? fill(words.refused_other, { status }) : words[known], "bad");
  return false;
}

function say(form, text, standing) {
  const place = form.querySelector(".display-saying");
  place.textContent = text;
  place.dataset.standing = standing;
}

function done(text) {
  document.getElementById("done").textContent = text;
}
