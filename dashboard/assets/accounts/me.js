// Who is signed in, at the head of every desk page; and whether somebody is still there.

import { signInFromHere } from "./going.js";
import { make } from "../data/dom.js";
import { post } from "../display/ask.js";

/** A session ends after half an hour in which nobody did anything: what is done on a page is told this often. */
const TELL_EVERY_MS = 5 * 60_000;
const LOOK_EVERY_MS = 60_000;
/** Which right the pages in the head need; a link that would be refused is not shown. */
const NEEDS = [
  ["/ops/", "cases"], ["/archive/", "archive"], ["/displays/", "administer"], ["/accounts/", "administer"],
];

const { lang } = document.documentElement;
let was = null;
let told = Date.now();

async function look() {
  let found;
  try {
    const answer = await fetch(`/sign-in/me?lang=${lang}`, { cache: "no-store" });
    if (!answer.ok) return;
    found = await answer.json();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error; // else: away
    return;
  }
  if (was !== null && found.person === null) return window.location.assign(signInFromHere());
  if (JSON.stringify(found) !== JSON.stringify(was)) paint(found);
  was = found.person === null ? null : found;
}

function paint({ person, words }) {
  const [pages, languages] = document.querySelectorAll(".header .languages");
  for (const link of pages.querySelectorAll("a")) {
    const need = NEEDS.find(([start]) => new URL(link.href).pathname.startsWith(start))?.[1];
    link.hidden = need !== undefined && person !== null && !person.rights.includes(need);
  }
  document.getElementById("me")?.remove();
  languages.after(person === null ? enter(words) : menu(person, words));
}

const enter = (words) =>
  make("nav", { id: "me", class: "languages" }, make("a", { class: "language", href: signInFromHere() }, words.sign_in));

function menu(person, words) {
  const { pathname, search } = window.location;
  const to = encodeURIComponent(pathname + search);
  return make("details", { id: "me", class: "me" },
    make("summary", { class: "language me-name", title: `${person.login} · ${words[person.role]}` }, person.name),
    make("div", { class: "me-menu" },
      make("p", { class: "quiet" }, `${person.login} · ${words[person.role]}`),
      make("a", { class: "language", href: `/sign-in/password?lang=${lang}&to=${to}` }, words.password),
      make("button", { class: "language link-button", id: "leave", type: "button", onclick: leave }, words.leave)));
}

async function leave() {
  await post("/sign-in/leave", {});
  window.location.replace(`/sign-in/?lang=${lang}`);
}

async function present() {
  if (was === null || Date.now() - told < TELL_EVERY_MS) return;
  told = Date.now();
  const { status } = await post("/sign-in/present", {});
  if (status === 401) window.location.assign(signInFromHere());
}

for (const kind of ["pointerdown", "keydown", "wheel"]) document.addEventListener(kind, present, { passive: true });
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
document.addEventListener("click", ({ target }) => {
  const open = document.querySelector("details.me[open]");
  if (open !== null && !open.contains(target)) open.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  const open = document.querySelector("details.me[open]");
  if (key !== "Escape" || open === null) return;
  open.open = false;
  open.querySelector("summary").focus();
});
setInterval(look, LOOK_EVERY_MS);
look();
