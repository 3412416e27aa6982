// plotly.js, which draws the trend: 4.8 MB, asked for when there is something to draw; the page does not wait for it.

const LOCALES = { vi: new URL("./plotly/locale-vi.js", import.meta.url).href };

let asked = null;

/** The library; the next who asks after it could not be loaded tries again. */
export function libraryOf(page) {
  asked ??= load(page).catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

// A locale that is there first is found by the library when it starts.
async function load({ plotly, language }) {
  if (language in LOCALES) await script(LOCALES[language]);
  await script(plotly);
  return window.Plotly;
}

function script(src) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement("script"), { src, onload: resolve });
    element.onerror = () => {
      element.remove();
      reject(new Error(src));
    };
    document.head.append(element);
  });
}
