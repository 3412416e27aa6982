// What is drawn in pixels has to know how large the display is.

/** How many times 1080p this display is: the root's font size says it (assets/base/2_tokens.css). */
export const scaleOfDisplay = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
