// Changing one's own password.

import { destination } from "./going.js";
import { post } from "../display/ask.js";
import { fill, pageFacts } from "../wall/page.js";

const { words } = pageFacts(document.getElementById("own_password"));
const [old, fresh, again, button, saying, login] =
  ["old", "new", "again", "enter", "saying", "login"].map((id) => document.getElementById(id));

function say(text, standing) {
  saying.textContent = text;
  saying.dataset.standing = standing;
}

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (fresh.value !== again.value) {
    again.focus();
    return say(words.differs, "bad");
  }
  button.disabled = true;
  say(words.changing, "none");
  const { status, retry } = await post("/sign-in/password", { old: old.value, new: fresh.value });
  if (status === 200) {
    say(words.changed, "good");
    return window.location.replace(destination());
  }
  button.disabled = false;
  if (status === 401) say(words.wrong, "bad");
  else if (status === 422) say(words.weak, "bad");
  else if (status === 429) say(fill(words.too_many, { n: retry ?? 1 }), "bad");
  else say(words.away, "bad");
  (status === 422 ? fresh : old).focus();
});

document.getElementById("leave").addEventListener("click", async () => {
  await post("/sign-in/leave", {});
  window.location.replace("/sign-in/");
});

// A password manager files the new password under this name.
const { person } = await fetch("/sign-in/me", { cache: "no-store" }).then((answer) => answer.json());
if (person !== null) login.value = person.login;
old.focus();
