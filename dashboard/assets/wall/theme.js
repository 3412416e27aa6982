// What is drawn by script takes its colours from the style sheet: they are written down once.

/** The colour of a token in the page's theme, as #rrggbb. */
export const colourOf = (token) => getComputedStyle(document.documentElement).getPropertyValue(token).trim();
