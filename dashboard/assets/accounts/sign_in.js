// Signing in: login and password are sent once and kept nowhere; the session lies where no script can read it.

import { destination } from "./going.js";
import { post } from "../display/ask.js";
import { fill, pageFacts } from "../wall/page.js";

const { words, language } = pageFacts(document.getElementById("sign_in"));
const [login, password, button, saying] =
  ["login", "password", "enter", "saying"].map((id) => document.getElementById(id));
const provider = document.getElementById("provider");

function say(text, standing) {
  saying.textContent = text;
  saying.dataset.standing = standing;
}

const buttons = [button, provider].filter((each) => each !== null);
const busy = (is) => buttons.forEach((each) => each.toggleAttribute("disabled", is));

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  busy(true);
  say(words.entering, "none");
  const { status, told, retry } = await post("/sign-in/session", { login: login.value, password: password.value });
  if (status === 200) return window.location.replace(told.must_change ? changeFirst() : destination());
  busy(false);
  password.value = "";
  password.focus();
  if (status === 401 || status === 400) say(words.wrong, "bad");
  else if (status === 429) say(fill(words.too_many, { n: retry ?? 1 }), "bad");
  else say(words.away, "bad");
});

provider?.addEventListener("click", async () => {
  busy(true);
  say(words.leaving, "none");
  const { href, origin } = new URL(destination(), window.location.origin);
  const { status, told } = await post("/sign-in/oidc", { to: href.slice(origin.length) });
  if (status === 200) return window.location.assign(told.to);
  busy(false);
  say(words.provider_away, "bad");
});

function changeFirst() {
  return `/sign-in/password?lang=${language}&to=${encodeURIComponent(destination())}`;
}

const came = words[`provider_${new URLSearchParams(window.location.search).get("provider")}`];
if (came !== undefined) say(came, "bad");
login.focus();
