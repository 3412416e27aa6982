// The administrator's page about accounts: asks every 5 s who there is, and does what is asked for.

import { paintAudit } from "./audit.js";
import { paintAdd } from "./form.js";
import { signInFromHere } from "./going.js";
import { paintList } from "./list.js";
import { Asking } from "../data/asking.js";
import { Head } from "../data/head.js";
import { post } from "../display/ask.js";
import { Writer } from "../wall/figures.js";
import { pageFacts } from "../wall/page.js";

const root = document.getElementById("accounts");
const facts = pageFacts(root);
const page = { ...facts, writer: new Writer(facts.language) };
const head = new Head(page, root);
page.clock = head.clock;

/** Does something with accounts: answers {status, told}; without a session the page goes to where one is made. */
page.act = async (address, body) => {
  const answer = await post(address, body);
  if (answer.status === 401) window.location.assign(signInFromHere());
  if (answer.status === 200) asking.now();
  return answer;
};

paintAdd(document.getElementById("add"), page);
const asking = new Asking(() => "/accounts/state", page.build, ({ now, age, state }) => {
  head.clock.set(Date.parse(now));
  paintList(document.getElementById("list"), state.accounts, page);
  paintAudit(document.getElementById("audit"), state, page);
  head.answer(now, age);
});
