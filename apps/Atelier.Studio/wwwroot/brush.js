// Paints a mask on the stage: strokes, floods and regions. The mask is a gray picture; the studio stores it when a
// stroke has ended.
import { floodAt, regionAt } from "./brush-areas.js";

const Side = 1024, Rest = 250, MostSteps = 40;
const Tint = [232, 44, 96];

export function createBrush(stage, tools, panel, studio) {
  const abort = new AbortController();
  const state = { tool: "brush", size: 0.55, softness: 0.5, opacity: 1, tolerance: 0.3 };
  let mask = null, before = null, stroke = null, rest = null, shade = null, width = 0, height = 0;
  let photograph = null, labels = null, borders = null, slot = null, isShown = true;
  let past = [], future = [], last = null, isDrawing = false, pointer = null, isActive = false;
  let timer = 0, isPosting = false, version = 0, posted = 0;

  // The diameter of the brush in pixels of the mask: from a fine line to half of the picture.
  const radius = () => Math.max(width, height) * 0.25 * Math.pow(0.004, 1 - state.size);

  function surface(fill = "#000") {
    const canvas = new OffscreenCanvas(width, height), context = canvas.getContext("2d", { willReadFrequently: true });
    if (fill) { context.fillStyle = fill; context.fillRect(0, 0, width, height); }
    return context;
  }

  // ---- what is seen
  const layer = {
    draw(context, place) {
      if (!mask) return;
      if (isShown) {
        context.imageSmoothingEnabled = place.scale < 6;
        context.drawImage(shade.canvas, place.x, place.y, place.width, place.height);
        if (state.tool === "region" && borders) context.drawImage(borders, place.x, place.y, place.width, place.height);
      }
      if (pointer && (state.tool === "brush" || state.tool === "eraser")) {
        const r = Math.max(2, radius() * place.width / width), x = place.x + pointer.x * place.width, y = place.y + pointer.y * place.height;
        for (const [color, line] of [["#000", 3], ["#fff", 1.25]]) {
          context.beginPath();
          context.arc(x, y, r, 0, 2 * Math.PI);
          context.lineWidth = line * devicePixelRatio;
          context.strokeStyle = color;
          context.stroke();
        }
      }
    },
    hover(spot) { pointer = spot; stage.redraw(); },
    begin(spot, event) {
      pointer = spot;
      if (state.tool === "flood") return change(values => floodAt(values, photograph, width, height, spot, state.tolerance * 0.5));
      if (state.tool === "region") return change(values => regionAt(values, labels, width, height, spot));
      keep();
      before.drawImage(mask.canvas, 0, 0);
      stroke.fillStyle = "#000";
      stroke.fillRect(0, 0, width, height);
      [last, isDrawing] = [null, true];
      layer.move(spot, event);
    },
    move(spot, event) {
      pointer = spot;
      if (!isDrawing) return;
      const pressed = event.pointerType === "pen" ? 0.25 + 0.75 * event.pressure : 1;
      const to = { x: spot.x * width, y: spot.y * height, r: Math.max(0.7, radius() * pressed) };
      const from = last ?? to, distance = Math.hypot(to.x - from.x, to.y - from.y);
      const steps = Math.max(1, Math.ceil(distance / Math.max(1, to.r * 0.2)));
      for (let i = last ? 1 : steps; i <= steps; i++) {
        const t = i / steps;
        stamp(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t, from.r + (to.r - from.r) * t);
      }
      const reach = Math.ceil(Math.max(from.r, to.r)) + 2;
      const area = within(Math.min(from.x, to.x) - reach, Math.min(from.y, to.y) - reach, Math.max(from.x, to.x) + reach, Math.max(from.y, to.y) + reach);
      last = to;
      lay(area);
      shadeIn(area);
      stage.redraw();
    },
    end() {
      if (isDrawing) { isDrawing = false; send(); }
    },
    cancel() {
      if (!isDrawing) return;
      isDrawing = false;
      mask.drawImage(before.canvas, 0, 0);
      past.pop();
      shadeIn();
      stage.redraw();
    },
  };

  function within(left, top, right, bottom) {
    const x = Math.max(0, Math.floor(left)), y = Math.max(0, Math.floor(top));
    return { x, y, w: Math.max(1, Math.min(width, Math.ceil(right)) - x), h: Math.max(1, Math.min(height, Math.ceil(bottom)) - y) };
  }

  // One dab of the stroke. Dabs are joined by their maximum, so that a soft edge stays soft along the stroke.
  function stamp(x, y, r) {
    const gradient = stroke.createRadialGradient(x, y, 0, x, y, r), hard = Math.min(1 - state.softness, 1 - 1 / Math.max(r, 1.5));
    gradient.addColorStop(0, "#fff");
    for (let i = 0; i <= 4; i++) {
      const t = i / 4, level = Math.round(255 * (1 - t * t * (3 - 2 * t)));
      gradient.addColorStop(Math.max(0, hard + (1 - hard) * t), `rgb(${level} ${level} ${level})`);
    }
    stroke.globalCompositeOperation = "lighten";
    stroke.fillStyle = gradient;
    stroke.fillRect(x - r, y - r, 2 * r, 2 * r);
    stroke.globalCompositeOperation = "source-over";
  }

  // Lays the stroke so far over the mask as it was before the stroke: m + s - ms, or m - ms for the eraser.
  function lay({ x, y, w, h }) {
    const put = (source, how, alpha) => {
      mask.globalCompositeOperation = how;
      mask.globalAlpha = alpha;
      mask.drawImage(source, x, y, w, h, x, y, w, h);
      mask.globalCompositeOperation = "source-over";
      mask.globalAlpha = 1;
    };
    put(before.canvas, "source-over", 1);
    if (state.tool === "brush") return put(stroke.canvas, "screen", state.opacity);
    rest.fillStyle = "#fff";
    rest.fillRect(x, y, w, h);
    rest.globalCompositeOperation = "difference";
    rest.drawImage(stroke.canvas, x, y, w, h, x, y, w, h);
    rest.globalCompositeOperation = "source-over";
    put(rest.canvas, "multiply", state.opacity);
  }

  // The mask as it is shown: a tint with stripes, and an outline in black and white, to be seen on every picture.
  function shadeIn(area = { x: 0, y: 0, w: width, h: height }) {
    const { x, y, w, h } = within(area.x - 2, area.y - 2, area.x + area.w + 2, area.y + area.h + 2);
    const values = mask.getImageData(x, y, w, h).data, shown = new ImageData(w, h), out = shown.data;
    const band = Math.max(4, Math.round(Math.max(width, height) / 90));
    for (let row = 0; row < h; row++) {
      for (let column = 0; column < w; column++) {
        const i = (row * w + column) * 4, value = values[i], isIn = value >= 128;
        const differs = by => values[by] >= 128 !== isIn;
        const isEdge = (column > 0 && differs(i - 4)) || (row > 0 && differs(i - 4 * w)) || (column < w - 1 && differs(i + 4)) || (row < h - 1 && differs(i + 4 * w));
        if (isEdge) {
          out.fill(isIn ? 255 : 0, i, i + 3);
          out[i + 3] = 235;
        } else if (value > 0) {
          const isStripe = (column + x + row + y) % (2 * band) < band / 2;
          for (let c = 0; c < 3; c++) out[i + c] = isStripe ? 255 : Tint[c];
          out[i + 3] = value * (isStripe ? 0.34 : 0.4);
        }
      }
    }
    shade.putImageData(shown, x, y);
  }

  // ---- what is done
  const valuesOf = () => {
    const data = mask.getImageData(0, 0, width, height).data, values = new Uint8ClampedArray(width * height);
    for (let i = 0; i < values.length; i++) values[i] = data[4 * i];
    return values;
  };

  function show(values) {
    const image = new ImageData(width, height);
    for (let i = 0; i < values.length; i++) {
      image.data.fill(values[i], 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    mask.putImageData(image, 0, 0);
    shadeIn();
    stage.redraw();
  }

  function keep() {
    past.push(valuesOf());
    if (past.length > MostSteps) past.shift();
    future = [];
  }

  // Changes the mask as a whole; a function that returns nothing changes nothing.
  function change(how) {
    if (!mask) return;
    const values = how(valuesOf());
    if (!values) return;
    keep();
    show(values);
    send();
  }

  function step(from, to) {
    if (!mask || from.length === 0) return;
    to.push(valuesOf());
    show(from.pop());
    send();
  }

  const acts = {
    undo: () => step(past, future),
    redo: () => step(future, past),
    fill: () => change(values => values.fill(255)),
    clear: () => change(values => values.fill(0)),
    invert: () => change(values => values.map(value => 255 - value)),
    overlay: () => { isShown = !isShown; refresh(); stage.redraw(); },
    swap: () => choose(state.tool === "eraser" ? "brush" : "eraser"),
    done: () => studio.invokeMethodAsync("Leave"),
  };

  function choose(tool) {
    if (tool === "region" && !labels) return;
    state.tool = tool;
    refresh();
    stage.redraw();
  }

  function set(what, value) {
    state[what] = Math.min(1, Math.max(what === "opacity" ? 0.05 : 0, value));
    refresh();
    stage.redraw();
  }

  // Shows the state in the tool bar, which the page leaves to this script.
  function refresh() {
    tools.dataset.tool = state.tool;
    for (const button of tools.querySelectorAll("[data-tool]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === state.tool));
      if (button.dataset.tool === "region") button.hidden = !labels;
    }
    for (const input of tools.querySelectorAll("[data-set]")) input.value = state[input.dataset.set];
    tools.querySelector("[data-act=overlay]").setAttribute("aria-pressed", String(isShown));
    tools.querySelector("[data-act=undo]").disabled = past.length === 0;
    tools.querySelector("[data-act=redo]").disabled = future.length === 0;
  }

  // ---- what is stored
  function send() {
    refresh();
    version++;
    clearTimeout(timer);
    timer = setTimeout(post, Rest);
  }

  async function post() {
    if (isPosting || posted === version) return;
    isPosting = true;
    const sent = version, to = slot;
    try {
      const blob = await mask.canvas.convertToBlob({ type: "image/png" });
      const stored = await store(blob, to.name);
      if (stored) await studio.invokeMethodAsync("Painted", stored, to.role, to.artwork);
      posted = sent;
    } finally {
      isPosting = false;
      if (posted !== version && isActive) timer = setTimeout(post, Rest);
    }
  }

  async function store(blob, as) {
    try {
      const answer = await fetch(`pictures/masks?name=${encodeURIComponent(as)}`, { method: "POST", body: blob });
      const body = await answer.json();
      if (answer.ok) return body.name;
      await studio.invokeMethodAsync("Failed", `${as}: ${body.detail ?? answer.statusText}`);
    } catch (error) {
      await studio.invokeMethodAsync("Failed", String(error.message ?? error));
    }
    return null;
  }

  async function load(file) {
    const stored = await store(file, file.name);
    if (stored) await studio.invokeMethodAsync("Loaded", stored);
  }

  async function pictureOf(url) {
    const answer = await fetch(url);
    if (!answer.ok) return null;
    return createImageBitmap(new Blob([await answer.arrayBuffer()]), { colorSpaceConversion: "none" });
  }

  function pixelsOf(picture, isSmooth) {
    const context = surface();
    context.imageSmoothingEnabled = isSmooth;
    context.drawImage(picture, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  }

  // ---- the page's events
  const on = (target, event, act, options) => target.addEventListener(event, act, { signal: abort.signal, ...options });
  for (const root of [tools, panel]) {
    on(root, "click", event => {
      const button = event.target.closest("[data-act], [data-tool], [data-region]");
      if (!button) return;
      const { act, tool, region } = button.dataset;
      if (act) acts[act]();
      else if (tool) choose(tool);
      else change(values => labels && regionAt(values, labels, width, height, { color: region }));
    });
    on(root, "input", event => { if (event.target.dataset.set) set(event.target.dataset.set, Number(event.target.value)); });
  }
  on(panel, "change", event => {
    if (!event.target.matches("[data-load]")) return;
    if (event.target.files[0]) load(event.target.files[0]);
    event.target.value = "";
  });
  on(document, "keydown", event => {
    if (!isActive || event.altKey || event.target.matches("input:not([type=range]), textarea, select")) return;
    const command = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
    const nudge = (what, by) => () => set(what, state[what] + by);
    const act = command
      ? { z: event.shiftKey ? acts.redo : acts.undo, y: acts.redo }[key]
      : {
        b: () => choose("brush"), e: () => choose("eraser"), f: () => choose("flood"), r: () => choose("region"),
        "[": nudge("size", -0.05), "]": nudge("size", 0.05), "{": nudge("softness", -0.1), "}": nudge("softness", 0.1),
        x: acts.swap, o: acts.overlay, i: acts.invert, escape: acts.done,
      }[key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, { capture: true });

  return {
    // Shows a mask to be painted on; an empty one if there is no address.
    async edit(next) {
      clearTimeout(timer);
      if (mask && posted !== version) await post();
      const [old, picture] = await Promise.all([next.url ? pictureOf(next.url) : null, pictureOf(next.photograph)]);
      const scale = Side / Math.max(next.width, next.height);
      [width, height] = [Math.max(1, Math.round(next.width * scale)), Math.max(1, Math.round(next.height * scale))];
      slot = next;
      photograph = picture && pixelsOf(picture, true);
      [mask, before, stroke, rest, shade] = [surface(), surface(), surface(), surface(), surface(null)];
      if (old) mask.drawImage(old, 0, 0, width, height);
      [past, future, isActive, posted] = [[], [], true, version];
      shadeIn();
      refresh();
      stage.setLayer(layer);
      tools.hidden = false;
      if (next.regions) await this.setRegions(next.regions);
    },
    // Shows the mask as it is after something else has changed it.
    async replace(address) {
      if (!mask) return;
      const picture = address ? await pictureOf(address) : null;
      keep();
      mask.fillStyle = "#000";
      mask.fillRect(0, 0, width, height);
      if (picture) mask.drawImage(picture, 0, 0, width, height);
      posted = version;
      shadeIn();
      refresh();
      stage.redraw();
    },
    leave() {
      isActive = false;
      clearTimeout(timer);
      if (posted !== version && mask) post();
      stage.setLayer(null);
      tools.hidden = true;
    },
    // Takes regions of the photograph, which can be clicked on from now on.
    async setRegions(address) {
      const picture = address ? await pictureOf(address) : null;
      labels = picture && mask ? pixelsOf(picture, false) : null;
      borders = labels && bordersOf(labels);
      if (labels) state.tool = "region";
      else if (state.tool === "region") state.tool = "brush";
      refresh();
      stage.redraw();
    },
    dispose() { isActive = false; clearTimeout(timer); abort.abort(); },
  };

  function bordersOf(pixels) {
    const context = surface(null), image = new ImageData(width, height);
    const same = (i, j) => pixels[i] === pixels[j] && pixels[i + 1] === pixels[j + 1] && pixels[i + 2] === pixels[j + 2];
    for (let i = 0; i < pixels.length; i += 4) {
      const isBorder = (i / 4 + 1) % width !== 0 && !same(i, i + 4) || i + 4 * width < pixels.length && !same(i, i + 4 * width);
      if (isBorder) for (const j of [i, i + 4]) image.data.set(j === i ? [255, 255, 255, 230] : [0, 0, 0, 200], j);
    }
    context.putImageData(image, 0, 0);
    return context.canvas;
  }
}
