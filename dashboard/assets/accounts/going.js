// Where to go on to after signing in.

/** The address of ours that the page was opened with, or `otherwise`. */
export function destination(otherwise = "/") {
  const { origin, search } = window.location;
  const to = new URLSearchParams(search).get("to");
  const asked = to !== null && URL.canParse(to, origin) ? new URL(to, origin).href : "";
  // The whole address, not its path: that of "/.//elsewhere.example" is "//elsewhere.example", another house.
  return asked.startsWith(`${origin}/`) ? asked : otherwise;
}

/** The page that asks who one is, and comes back here. */
export function signInFromHere() {
  const { pathname, search } = window.location;
  return `/sign-in/?to=${encodeURIComponent(pathname + search)}`;
}
