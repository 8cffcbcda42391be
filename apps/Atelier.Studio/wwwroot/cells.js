// Arrow keys move the focus among the cells of a page, by where they are.
export function listen(page, selector) {
  const abort = new AbortController();
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  document.addEventListener("keydown", event => {
    const way = ways[event.key], from = event.target.closest(selector);
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!from && event.target !== document.body) return;
    const cells = [...page.querySelectorAll(selector)], next = from ? nearest(cells, from, way) : cells[0];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, { signal: abort.signal });
  return { dispose: () => abort.abort() };
}

// The cell that is nearest in a direction; what lies aside counts thrice.
function nearest(cells, from, [dx, dy]) {
  const center = cell => { const box = cell.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  const [x, y] = center(from);
  let best = null, least = Infinity;
  for (const cell of cells) {
    const [cx, cy] = center(cell), along = (cx - x) * dx + (cy - y) * dy, aside = Math.abs((cx - x) * dy) + Math.abs((cy - y) * dx);
    if (along > 1 && along + 3 * aside < least) [best, least] = [cell, along + 3 * aside];
  }
  return best;
}
