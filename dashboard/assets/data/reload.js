// A new build serves other pages: take them, not all desks at once.

const WITHIN_MS = [500, 2_500];

export function reloadSoon() {
  const [least, most] = WITHIN_MS;
  setTimeout(() => window.location.reload(), least + Math.random() * (most - least));
}
