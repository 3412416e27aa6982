// Signing in with the operator's key: it is sent once and kept nowhere; the session lies where no script can read it.

import { post } from "./ask.js";
import { fill, pageFacts } from "../wall/page.js";

const { words } = pageFacts(document.getElementById("operator"));
const field = document.getElementById("key");
const button = document.getElementById("enter");
const saying = document.getElementById("saying");

/** Where to go afterwards: an address of ours that the page was opened with. */
function destination() {
  const { origin, search } = window.location;
  const to = new URLSearchParams(search).get("to");
  const asked = to !== null && URL.canParse(to, origin) ? new URL(to, origin).href : "";
  // The whole address, not its path: that of "/.//elsewhere.example" is "//elsewhere.example", another house.
  return asked.startsWith(`${origin}/`) ? asked : "/displays/";
}

function say(text, standing) {
  saying.textContent = text;
  saying.dataset.standing = standing;
}

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  say(words.entering, "none");
  const { status, retry } = await post("/operator/session", { key: field.value });
  if (status === 200) return window.location.replace(destination());
  button.disabled = false;
  field.value = "";
  field.focus();
  if (status === 401) say(words.wrong, "bad");
  else if (status === 403) say(words.no_key, "bad");
  else if (status === 429) say(fill(words.too_many, { n: retry ?? 1 }), "bad");
  else say(words.away, "bad");
});
field.focus();
