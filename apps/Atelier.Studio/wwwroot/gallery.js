// The keys of the gallery: from card to card, and from result to result.
export function listen(page, studio) {
  const abort = new AbortController();
  const names = { s: "star", x: "pick", Delete: "delete" };

  document.addEventListener("keydown", event => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea, select")) return;
    const viewer = page.querySelector(".viewer"), card = target.closest(".card");
    if (event.key in names) studio.invokeMethodAsync("GalleryKey", names[event.key], card?.dataset.name ?? null);
    else if (event.key === "/") {
      const search = page.querySelector("input[type=search]");
      if (!search) return;
      search.focus();
    }
    else if (viewer) {
      const by = { ArrowRight: "next", ArrowLeft: "previous" }[event.key];
      const moves = target.matches("[role=slider]") || viewer.querySelector(".stage").dataset.zoom !== "fit";
      if (!by || moves) return;
      studio.invokeMethodAsync("GalleryKey", by, null);
    }
    else if (!moveFocus(event.key, card)) return;
    event.preventDefault();
  }, { signal: abort.signal });

  // Returns to the card of the result that was shown large.
  let last = null;
  const observer = new MutationObserver(() => {
    const viewer = page.querySelector(".viewer");
    if (viewer) {
      if (last === null) viewer.querySelector("canvas").focus();
      last = decodeURIComponent(location.pathname.split("/").pop());
    } else if (last !== null) {
      const card = [...page.querySelectorAll(".card")].find(each => each.dataset.name === last);
      card?.querySelector("a").focus();
      last = null;
    }
  });
  observer.observe(page, { childList: true, subtree: true });

  function moveFocus(key, card) {
    const cards = [...page.querySelectorAll(".card")];
    if (cards.length === 0 || !key.startsWith("Arrow")) return false;
    const columns = cards.filter(each => each.offsetTop === cards[0].offsetTop).length;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
    const next = card ? cards[cards.indexOf(card) + by] : cards[0];
    next?.querySelector("a").focus();
    return true;
  }

  return { dispose() { abort.abort(); observer.disconnect(); } };
}
