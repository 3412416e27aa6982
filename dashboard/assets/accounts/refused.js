// The page that says what one's role does not open: tells as whom one is signed in.

import { fill, pageFacts } from "../wall/page.js";

const { words } = pageFacts(document.getElementById("refused"));
const { person, words: spoken } = await fetch(`/sign-in/me?lang=${document.documentElement.lang}`, { cache: "no-store" })
  .then((answer) => answer.json());
if (person !== null) {
  document.getElementById("who").textContent = fill(words.who, { name: person.name, role: spoken[person.role] });
}
