// A dead man's switch: a sign that appears by itself unless this script prevents it each second. The browser's compositor
// runs it, so it appears also when the page hangs and no script runs any more.

const AFTER_MS = 12_000;
const FADE_MS = 300;

export class HungSign {
  #since = document.createElement("p");
  #animation;

  constructor(heading) {
    const sign = document.createElement("div");
    sign.className = "hung";
    sign.setAttribute("aria-hidden", "true");
    const band = sign.appendChild(document.createElement("div"));
    band.className = "hung-band";
    const title = band.appendChild(document.createElement("p"));
    title.className = "hung-title";
    title.textContent = heading;
    this.#since.className = "hung-since running";
    band.append(this.#since);
    document.body.append(sign);
    this.#animation = sign.animate([{ opacity: 0 }, { opacity: 1 }], { delay: AFTER_MS, duration: FADE_MS, fill: "both" });
  }

  /** The page lives; `since` is what the sign is to say of the figures should it hang from now on. */
  alive(since) {
    this.#animation.currentTime = 0;
    if (this.#since.textContent !== since) this.#since.textContent = since;
  }
}
