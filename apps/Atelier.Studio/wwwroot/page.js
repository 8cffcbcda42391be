// What concerns the page as a whole: keys, theme, copying.
export function listen(page, studio) {
  const abort = new AbortController();
  document.addEventListener("keydown", event => {
    const name = nameOf(event);
    if (!name || isTyping(event)) return;
    event.preventDefault();
    if (name === "t") toggleTheme();
    else if (name === "p") page.classList.toggle("is-wide");
    else studio.invokeMethodAsync("Key", name);
  }, { signal: abort.signal });
  page.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.addEventListener("error", askAgain, { capture: true, signal: abort.signal });
  page.dataset.ready = "true";
  return { dispose: () => abort.abort() };
}

// The texture of a style file is painted when nothing else is; until then it is asked for now and then. Any other fault
// remains, so that it is not asked for again; a browser that keeps no status asks once more.
async function askAgain({ target }) {
  if (!target.matches?.("img[src*='pictures/styles/']")) return;
  const { src } = target;
  if ((performance.getEntriesByName(src).at(-1)?.responseStatus || 503) !== 503) return;
  let answer;
  do {
    await new Promise(resolve => setTimeout(resolve, 10_000));
    if (!target.isConnected || target.src !== src) return;
    answer = await fetch(src).catch(() => null);
  } while (answer?.status === 503);
  if (answer?.ok) target.src = src;
}

export function toggleTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  try { localStorage.setItem("atelier-theme", root.dataset.theme); } catch { /* storage is switched off */ }
}

export async function copy(text) {
  await navigator.clipboard.writeText(text);
}

function nameOf(event) {
  const command = event.ctrlKey || event.metaKey;
  if (command) return event.key === "z" ? "undo" : event.key === "s" ? "save" : null;
  if (event.altKey) return null;
  return { " ": "pause", c: "compare", b: "beside", v: "painting", "?": "help", m: "mask", t: "t", p: "p", Escape: "escape" }[event.key] ?? null;
}

// Keys belong to the field in which somebody types, and space to the button that has the focus.
function isTyping(event) {
  const target = event.target;
  if (event.key === "Escape" || event.ctrlKey || event.metaKey) return target.matches("input[type=text], textarea") && event.key === "z";
  return target.matches("input:not([type=range]), textarea, select") || (event.key === " " && target.matches("button, summary, a, label"));
}
