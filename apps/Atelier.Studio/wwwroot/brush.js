// Paints a mask on the stage: strokes, areas of like color, and regions. The studio stores it when a stroke has ended.
import { floodAt, regionAt } from "./brush-areas.js";
import { MaskSurface, bordersOf } from "./mask-surface.js";

const Side = 1024, Rest = 250, MostSteps = 40;

export function createBrush(stage, tools, panel, studio) {
  const abort = new AbortController();
  const state = { tool: "brush", size: 0.55, softness: 0.5, opacity: 1, tolerance: 0.3 };
  let mask = null, slot = null, photograph = null, labels = null, borders = null;
  let isActive = false, isShown = true, isDrawing = false, pointer = null, past = [], future = [];
  let timer = 0, version = 0, posted = 0, posting = Promise.resolve(), wanted = null;

  // In pixels of the mask: from a fine line to half of the picture.
  const radius = () => Math.max(mask.width, mask.height) * 0.25 * Math.pow(0.004, 1 - state.size);
  const strokes = () => state.tool === "brush" || state.tool === "eraser";

  const layer = {
    // The tint is there while the pointer is; without it, the painting is seen becoming inside the outline.
    draw(context, place) {
      if (isShown) mask.draw(context, place, pointer !== null);
      if (isShown && state.tool === "region" && borders) context.drawImage(borders, place.x, place.y, place.width, place.height);
      if (!pointer || !strokes()) return;
      const r = Math.max(2, radius() * place.width / mask.width);
      for (const [color, line] of [["#000", 3], ["#fff", 1.25]]) {
        context.beginPath();
        context.arc(place.x + pointer.x * place.width, place.y + pointer.y * place.height, r, 0, 2 * Math.PI);
        [context.lineWidth, context.strokeStyle] = [line * devicePixelRatio, color];
        context.stroke();
      }
    },
    hover(spot) { pointer = spot; stage.redraw(); },
    begin(spot, event) {
      pointer = spot;
      const { width, height } = mask;
      if (state.tool === "flood") return change(values => floodAt(values, photograph, width, height, spot, state.tolerance * 0.5));
      if (state.tool === "region") return change(values => regionAt(values, labels, width, height, spot));
      keep();
      mask.beginStroke();
      isDrawing = true;
      layer.move(spot, event);
    },
    move(spot, event) {
      pointer = spot;
      if (!isDrawing) return;
      const pressed = event.pointerType === "pen" ? 0.25 + 0.75 * event.pressure : 1;
      mask.strokeTo(
        { x: spot.x * mask.width, y: spot.y * mask.height, r: Math.max(0.7, radius() * pressed) },
        { ...state, erases: state.tool === "eraser" });
      stage.redraw();
    },
    end(event) {
      if (event.pointerType === "touch") pointer = null;
      if (isDrawing) { isDrawing = false; send(); }
      stage.redraw();
    },
    // A second finger has come to zoom.
    cancel() {
      pointer = null;
      if (!isDrawing) return;
      isDrawing = false;
      mask.cancelStroke();
      past.pop();
      stage.redraw();
    },
  };

  function keep() {
    past.push(mask.values);
    if (past.length > MostSteps) past.shift();
    future = [];
  }

  // Changes the mask as a whole; a function that returns nothing changes nothing.
  function change(how) {
    const values = isActive && how(mask.values);
    if (!values) return;
    keep();
    show(values);
  }

  function step(from, to) {
    if (!isActive || isDrawing || from.length === 0) return;
    to.push(mask.values);
    show(from.pop());
  }

  function show(values) {
    mask.values = values;
    stage.redraw();
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
    const button = act => tools.querySelector(`[data-act=${act}]`);
    button("overlay").setAttribute("aria-pressed", String(isShown));
    button("undo").disabled = past.length === 0;
    button("redo").disabled = future.length === 0;
  }

  // Strokes that follow each other at once are stored together.
  function send() {
    refresh();
    version++;
    clearTimeout(timer);
    timer = setTimeout(post, Rest);
  }

  // Stores one version after the other, each before its mask gives way to that of another slot.
  const post = () => posting = posting.then(postNow).catch(() => {});

  async function postNow() {
    if (posted === version) return;
    posted = version;
    const { name, role, artwork } = slot, stored = await store(mask.toPng(), name, "&passing=true");
    if (stored) await studio.invokeMethodAsync("Painted", stored, role, artwork);
  }

  async function store(file, name, how = "") {
    try {
      const answer = await fetch(`pictures/masks?name=${encodeURIComponent(name)}${how}`, { method: "POST", body: await file });
      const body = await answer.json();
      if (answer.ok) return body.name;
      await studio.invokeMethodAsync("Failed", `${name}: ${body.detail ?? answer.statusText}`);
    } catch (error) {
      await studio.invokeMethodAsync("Failed", String(error.message ?? error));
    }
    return null;
  }

  // Ends painting on the mask, and stores what was painted last.
  function rest() {
    if (isDrawing) version++;
    [isDrawing, isActive, pointer, wanted] = [false, false, null, null];
    clearTimeout(timer);
    stage.setLayer(null);
    return post();
  }

  async function load(file) {
    const stored = await store(file, file.name);
    if (stored) await studio.invokeMethodAsync("Loaded", stored);
  }

  async function pictureOf(url) {
    const answer = url && await fetch(url);
    return answer?.ok ? createImageBitmap(new Blob([await answer.arrayBuffer()]), { colorSpaceConversion: "none" }) : null;
  }

  async function takeRegions(url) {
    const picture = await pictureOf(url);
    labels = picture && mask ? mask.pixelsOf(picture, false) : null;
    borders = labels && bordersOf(labels, mask.width, mask.height);
    if (!labels && state.tool === "region") state.tool = "brush";
  }

  const on = (target, event, act, options) => target.addEventListener(event, act, { signal: abort.signal, ...options });
  for (const root of [tools, panel]) {
    on(root, "click", event => {
      const { act, tool, region } = event.target.closest("[data-act], [data-tool], [data-region]")?.dataset ?? {};
      if (act) acts[act]();
      else if (tool) choose(tool);
      else if (region) change(values => labels && regionAt(values, labels, mask.width, mask.height, { color: region }));
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
    const command = event.ctrlKey || event.metaKey, nudge = (what, by) => () => set(what, state[what] + by);
    const keys = command
      ? { z: event.shiftKey ? acts.redo : acts.undo, y: acts.redo }
      : {
        b: () => choose("brush"), e: () => choose("eraser"), f: () => choose("flood"), r: () => choose("region"),
        "[": nudge("size", -0.05), "]": nudge("size", 0.05), "{": nudge("softness", -0.1), "}": nudge("softness", 0.1),
        x: acts.swap, o: acts.overlay, i: acts.invert, escape: acts.done,
      };
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, { capture: true });

  return {
    rest,
    // Shows the mask of a slot to be painted on; an empty one if it has none.
    async edit(next) {
      const stored = rest();
      wanted = next;
      const [old, picture] = await Promise.all([next.url, next.photograph].map(pictureOf));
      await stored;
      if (!picture || wanted !== next) return;
      const scale = Side / Math.max(picture.width, picture.height);
      mask = new MaskSurface(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
      mask.load(old);
      [slot, photograph, past, future] = [next, mask.pixelsOf(picture, true), [], []];
      await takeRegions(next.regions);
      if (wanted !== next) return;
      isActive = true;
      refresh();
      stage.setLayer(layer);
      tools.hidden = false;
      panel.open = true;
      panel.querySelector(".mask-acts")?.scrollIntoView({ block: "nearest" });
    },
    // Shows the mask as it is after something else has changed it.
    async replace(url) {
      if (!isActive) return;
      const picture = await pictureOf(url);
      keep();
      mask.load(picture);
      refresh();
      stage.redraw();
    },
    leave() {
      rest();
      tools.hidden = true;
    },
    // Takes regions of the photograph, which can be clicked on from now on.
    async setRegions(url) {
      await takeRegions(url);
      if (labels) state.tool = "region";
      refresh();
      stage.redraw();
    },
    dispose() { abort.abort(); return rest(); },
  };
}
