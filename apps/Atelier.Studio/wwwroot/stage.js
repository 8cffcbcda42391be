// Shows the painting as it becomes: whole or pixel by pixel, before and after, or beside the artwork.
import { bitmapOf, cropped, free } from "./bitmaps.js";

const MaxZoom = 16, Grip = 22;

export function createStage(host) {
  const canvas = host.querySelector("canvas"), handle = host.querySelector("[role=slider]");
  const context = canvas.getContext("2d", { alpha: false });
  const abort = new AbortController(), pointers = new Map();
  let painting = null, photograph = null, artwork = null, size = { width: 1, height: 1 };
  let mode = "painting", divider = 0.5, zoom = null, center = { x: 0.5, y: 0.5 };
  let following = null, wanted = null, isLoading = false, isDue = false, gesture = null;
  // What is drawn above the painting, and takes the pointer while it is there: see brush.js.
  let layer = null;

  const listen = (target, name, act, options) =>
    target.addEventListener(name, act, { signal: abort.signal, ...options });
  const due = () => { if (!isDue) { isDue = true; requestAnimationFrame(draw); } };

  // Geometry: everything in pixels of the screen; zoom is screen pixels for a pixel of the picture.
  function panes() {
    const { width, height } = canvas;
    if (mode !== "beside" || !artwork) return [{ x: 0, y: 0, width, height }];
    const gap = Math.round(12 * devicePixelRatio);
    if (width < height) {
      const inner = width - 2 * gap, part = (height - 3 * gap) / 2;
      return [gap, part + 2 * gap].map(y => ({ x: gap, y, width: inner, height: part }));
    }
    const inner = height - 2 * gap, part = (width - 3 * gap) / 2;
    return [gap, part + 2 * gap].map(x => ({ x, y: gap, width: part, height: inner }));
  }

  const fitOf = (pane, picture) => Math.min(pane.width / picture.width, pane.height / picture.height);
  const zoomIn = pane => zoom ?? fitOf(pane, size);

  function placeIn(pane) {
    const scale = zoomIn(pane), width = size.width * scale, height = size.height * scale;
    const at = (start, room, extent, where) =>
      extent <= room ? start + (room - extent) / 2 : Math.min(start, Math.max(start + room - extent, start + room / 2 - where * extent));
    return { x: at(pane.x, pane.width, width, center.x), y: at(pane.y, pane.height, height, center.y), width, height, scale };
  }

  function draw() {
    isDue = false;
    const style = getComputedStyle(host);
    context.fillStyle = style.getPropertyValue("--stage").trim() || "#777";
    context.fillRect(0, 0, canvas.width, canvas.height);
    const [first, second] = panes(), place = placeIn(first);
    const paint = (picture, clip) => {
      if (!picture) return;
      context.save();
      context.beginPath();
      context.rect(clip.x, clip.y, clip.width, clip.height);
      context.clip();
      context.imageSmoothingEnabled = place.scale < 3 || picture.width < size.width;
      context.imageSmoothingQuality = "high";
      context.drawImage(picture, Math.round(place.x), Math.round(place.y), Math.round(place.width), Math.round(place.height));
      context.restore();
    };
    const isComparing = mode === "compare" && photograph;
    paint(painting ?? photograph, first);
    handle.hidden = !isComparing;
    if (isComparing) {
      const left = Math.max(first.x, place.x), right = Math.min(first.x + first.width, place.x + place.width);
      const x = left + divider * (right - left);
      paint(photograph, { ...first, width: x - first.x });
      context.fillStyle = "#fff";
      context.fillRect(Math.round(x - devicePixelRatio / 2), Math.max(first.y, place.y), Math.max(1, Math.round(devicePixelRatio)), Math.min(first.height, place.height));
      handle.style.left = `${x / devicePixelRatio}px`;
      handle.setAttribute("aria-valuenow", String(Math.round(divider * 100)));
    }
    if (layer) {
      context.save();
      context.beginPath();
      context.rect(first.x, first.y, first.width, first.height);
      context.clip();
      layer.draw(context, place);
      context.restore();
    }
    if (second) {
      const scale = fitOf(second, artwork), width = artwork.width * scale, height = artwork.height * scale;
      context.imageSmoothingEnabled = true;
      context.drawImage(artwork, second.x + (second.width - width) / 2, second.y + (second.height - height) / 2, width, height);
    }
    host.dataset.zoom = zoom === null ? "fit" : `${Math.round(zoom * 100)}%`;
  }

  function resize() {
    const box = host.getBoundingClientRect();
    canvas.width = Math.max(1, Math.round(box.width * devicePixelRatio));
    canvas.height = Math.max(1, Math.round(box.height * devicePixelRatio));
    draw();
  }

  // Zooms so that the point under the pointer stays where it is.
  function zoomTo(next, x = canvas.width / 2, y = canvas.height / 2) {
    const pane = panes()[0], fit = fitOf(pane, size), before = placeIn(pane);
    const point = { x: (x - before.x) / before.width, y: (y - before.y) / before.height };
    zoom = next === null || next <= fit * 1.001 ? null : Math.min(next, MaxZoom);
    const scale = zoomIn(pane);
    center = {
      x: point.x + (pane.x + pane.width / 2 - x) / (size.width * scale),
      y: point.y + (pane.y + pane.height / 2 - y) / (size.height * scale),
    };
    keepInside();
    due();
  }

  function keepInside() {
    center.x = Math.min(1, Math.max(0, center.x));
    center.y = Math.min(1, Math.max(0, center.y));
  }

  function move(dx, dy) {
    const place = placeIn(panes()[0]);
    center = { x: center.x - dx / place.width, y: center.y - dy / place.height };
    keepInside();
    due();
  }

  function moveDivider(x) {
    const pane = panes()[0], place = placeIn(pane);
    const left = Math.max(pane.x, place.x), right = Math.min(pane.x + pane.width, place.x + place.width);
    divider = Math.min(1, Math.max(0, (x - left) / (right - left)));
    due();
  }

  const pointOf = event => {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * devicePixelRatio, y: (event.clientY - box.top) * devicePixelRatio };
  };
  // Where an event is on the picture, 0 to 1 from left to right and from top to bottom.
  const spotOf = event => {
    const point = pointOf(event), place = placeIn(panes()[0]);
    return { x: (point.x - place.x) / place.width, y: (point.y - place.y) / place.height };
  };
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };

  listen(host, "pointerdown", event => {
    if (event.button > 1) return;
    host.setPointerCapture(event.pointerId);
    const point = pointOf(event);
    pointers.set(event.pointerId, point);
    const dividerX = parseFloat(handle.style.left) * devicePixelRatio;
    const grips = mode === "compare" && (event.target === handle || zoom === null || Math.abs(point.x - dividerX) < Grip * devicePixelRatio);
    if (gesture?.kind === "layer") layer?.cancel();
    const takes = layer && event.button === 0 && pointers.size === 1 && event.target !== handle;
    gesture = pointers.size === 2 ? { kind: "pinch", zoom: zoomIn(panes()[0]), ...spread() } : { kind: takes ? "layer" : grips ? "divide" : "move" };
    if (takes) layer.begin(spotOf(event), event);
    if (gesture.kind === "divide") moveDivider(point.x);
  });
  listen(host, "pointermove", event => {
    const before = pointers.get(event.pointerId);
    if (!before) layer?.hover(spotOf(event));
    if (!before || !gesture) return;
    const point = pointOf(event);
    pointers.set(event.pointerId, point);
    if (gesture.kind === "pinch" && pointers.size === 2) {
      const now = spread();
      zoomTo(gesture.zoom * now.distance / gesture.distance, now.x, now.y);
    } else if (gesture.kind === "layer") {
      const steps = event.getCoalescedEvents?.() ?? [];
      for (const step of steps.length > 0 ? steps : [event]) layer?.move(spotOf(step), step);
    } else if (gesture.kind === "divide") moveDivider(point.x);
    else if (gesture.kind === "move") move(point.x - before.x, point.y - before.y);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    listen(host, name, event => {
      if (gesture?.kind === "layer") { if (name === "pointerup") layer?.end(event); else layer?.cancel(); }
      pointers.delete(event.pointerId);
      gesture = null;
    });
  }
  listen(host, "pointerleave", () => layer?.hover(null));
  listen(host, "wheel", event => {
    event.preventDefault();
    const point = pointOf(event);
    zoomTo(zoomIn(panes()[0]) * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), point.x, point.y);
  }, { passive: false });
  listen(host, "dblclick", event => {
    if (layer) return;
    const point = pointOf(event);
    zoomTo(zoom === null ? 1 : null, point.x, point.y);
  });
  listen(document, "keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const step = 60 * devicePixelRatio, scale = zoomIn(panes()[0]);
    const arrows = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.key === "+" || event.key === "=") zoomTo(scale * 1.25);
    else if (event.key === "-") zoomTo(scale / 1.25);
    else if (event.key === "0") zoomTo(null);
    else if (event.key === "1") zoomTo(1);
    else if (event.target === handle && event.key in arrows) { divider = Math.min(1, Math.max(0, divider + (event.key === "ArrowRight" || event.key === "ArrowUp" ? 0.02 : -0.02))); due(); }
    else if (event.key in arrows && zoom !== null) move(...arrows[event.key]);
    else return;
    event.preventDefault();
  });

  // Shows other pictures in place of those that are shown.
  function take(next) {
    const last = [painting, photograph, artwork];
    [painting, photograph, artwork] = next;
    free(last.filter(picture => !next.includes(picture)));
    due();
  }

  // Loads pictures one after the other, and only the last of those that come to be wanted meanwhile.
  async function load(urls, arrange) {
    wanted = { urls, arrange };
    if (isLoading) return;
    isLoading = true;
    try {
      while (wanted) {
        const next = wanted;
        wanted = null;
        await next.arrange(await Promise.all(next.urls.map(url => bitmapOf(url, abort.signal))));
      }
    } finally {
      isLoading = false;
    }
  }

  async function takeStill([shown, whole, beside]) {
    const other = shown && whole && await cropped(whole, shown);
    free([whole]);
    if (following !== null || !shown) return free([shown, other, beside]);
    size = { width: shown.width, height: shown.height };
    zoom = null;
    host.dataset.frame = "still";
    take([shown, other, beside]);
  }

  // Asks for the next frame as soon as the last one is shown, so that a slow browser gets fewer.
  async function follow(id) {
    following = id;
    take([null, photograph, artwork]);
    let after = 0;
    while (following === id && !abort.signal.aborted) {
      try {
        const answer = await fetch(`paintings/${id}/frames/${after}`, { signal: abort.signal, cache: "no-store" });
        if (answer.status === 204) continue;
        if (!answer.ok) return;
        after = Number(answer.headers.get("Atelier-Frame"));
        const next = await createImageBitmap(await answer.blob());
        if (following !== id) return free([next]);
        host.dataset.frame = String(after);
        take([next, photograph, artwork]);
      } catch {
        if (abort.signal.aborted) return;
        await new Promise(done => setTimeout(done, 1000));
      }
    }
  }

  const observers = [new ResizeObserver(resize), new MutationObserver(due)];
  observers[0].observe(host);
  observers[1].observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  listen(matchMedia("(prefers-color-scheme: dark)"), "change", due);

  // The studio does not wait until what it shows is loaded.
  return {
    show(id, width, height, photographUrl, artworkUrl) {
      size = { width, height };
      if (following !== id) follow(id);
      load([photographUrl, artworkUrl], pictures => following === id ? take([painting, ...pictures]) : free(pictures));
      due();
    },
    // Shows a picture that does not change, another to compare it with, and one to show beside it.
    showStill(url, otherUrl, besideUrl) {
      following = null;
      load([url, otherUrl, besideUrl], takeStill);
    },
    setSize(width, height) { size = { width, height }; due(); },
    setMode(next) { mode = next; due(); },
    zoomTo,
    setLayer(next) { layer = next; host.classList.toggle("has-layer", next !== null); due(); },
    redraw: due,
    // What is still being loaded is not shown any more.
    dispose() {
      following = wanted = undefined;
      abort.abort();
      for (const observer of observers) observer.disconnect();
      take([null, null, null]);
    },
  };
}
