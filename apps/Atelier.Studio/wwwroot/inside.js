// The figures of the lessons: small paintings as they become, receptive fields under the pointer, Gram matrices.

// From dark violet through green to yellow, perceptually uniform: nine points of viridis (Smith and van der Walt 2015).
const Ramp = [0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725]
  .map(color => [color >> 16, color >> 8 & 255, color & 255]);

const colorAt = place => {
  const at = Math.min(1, Math.max(0, place)) * (Ramp.length - 1), i = Math.min(Ramp.length - 2, Math.floor(at));
  return Ramp[i].map((low, c) => Math.round(low + (at - i) * (Ramp[i + 1][c] - low)));
};
const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);
const pause = time => new Promise(done => setTimeout(done, time));
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// Keys of a lesson's page.
export function listen(page) {
  const abort = new AbortController();
  document.addEventListener("keydown", event => {
    const name = { j: "next", k: "previous", r: "again" }[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select")) return;
    event.preventDefault();
    page.invokeMethodAsync("LessonKey", name);
  }, { signal: abort.signal });
  return { dispose: () => abort.abort() };
}

// Draws each frame of each small painting as soon as the one before is drawn.
export function follow(host, addresses) {
  const abort = new AbortController();
  addresses.forEach(async (address, i) => {
    const canvas = host.querySelector(`canvas[data-panel="${i}"]`);
    for (let after = 0; !abort.signal.aborted;) {
      try {
        const answer = await fetch(`${address}/${after}`, { signal: abort.signal, cache: "no-store" });
        if (answer.status === 204) continue;
        if (!answer.ok) return;
        after = Number(answer.headers.get("Atelier-Frame"));
        const frame = await createImageBitmap(await answer.blob());
        if (canvas.width !== frame.width || canvas.height !== frame.height) [canvas.width, canvas.height] = [frame.width, frame.height];
        canvas.getContext("2d", { alpha: false }).drawImage(frame, 0, 0);
        frame.close();
        canvas.dataset.frame = String(after);
      } catch {
        if (!abort.signal.aborted) await pause(1000);
      }
    }
  });
  return { dispose: () => abort.abort() };
}

// Shows what the position under the pointer sees. One question is asked at a time; the newest is asked next.
export function probe(host, page) {
  const abort = new AbortController(), options = { signal: abort.signal };
  let point = null, isAsking = false, isDue = false, rest = 0, veilUrl = null, strongest = null;
  const part = name => host.querySelector(name);
  const rectangle = (element, x, y, width, height) => {
    element.toggleAttribute("hidden", width <= 0);
    for (const [name, value] of Object.entries({ x, y, width: Math.max(0, width), height: Math.max(0, height) })) element.setAttribute(name, value);
  };

  function dim(url) {
    const veil = part(".veil");
    if (veil) { veil.hidden = !url; if (url) veil.src = url; else veil.removeAttribute("src"); }
    if (veilUrl) URL.revokeObjectURL(veilUrl);
    veilUrl = url;
  }

  async function ask() {
    clearTimeout(rest);
    isDue = true;
    if (isAsking || !point) return;
    isAsking = true;
    try {
      while (isDue && !abort.signal.aborted) {
        isDue = false;
        const { layer, address } = host.dataset, at = `x=${point.x}&y=${point.y}`;
        const answer = await fetch(`${address}/probe?${at}`, options);
        if (!answer.ok) break;
        const seen = await answer.json();
        strongest = seen.channels[0]?.number ?? null;
        rectangle(part(".field"), seen.left, seen.top, seen.width, seen.height);
        rectangle(part(".cell"), seen.column, seen.row, 1, 1);
        part(".square").toggleAttribute("hidden", true);
        const text = fill(host.dataset.probeText, layer, seen.width, seen.height, seen.channels.map(each => each.number).join(", ") || "–");
        part(".probe-text").textContent = text;
        rest = setTimeout(() => look(`${address}/influence?${at}`, text), 80);
      }
    } catch { /* the page is gone, or the studio */ }
    isAsking = false;
  }

  async function look(address, text) {
    try {
      const answer = await fetch(address, options);
      if (!answer.ok || isAsking) return;
      const [left, top, side] = answer.headers.get("Atelier-Square").split(",").map(Number);
      dim(URL.createObjectURL(await answer.blob()));
      rectangle(part(".square"), left, top, side, side);
      part(".probe-text").textContent = `${text} ${fill(host.dataset.influenceText, side)}`;
    } catch { /* the page is gone, or the studio */ }
  }

  // Pictures of 256 pixels are shown larger; their attributes tell how large they are.
  function size() {
    const picture = part(".probe img");
    return { width: Number(picture.getAttribute("width")), height: Number(picture.getAttribute("height")) };
  }

  function moveTo(x, y) {
    const { width, height } = size();
    point = { x: clamp(Math.floor(x), 0, width - 1), y: clamp(Math.floor(y), 0, height - 1) };
    ask();
  }

  const choose = () => { if (strongest !== null) page.invokeMethodAsync("ChooseChannel", strongest); };

  for (const name of ["pointermove", "pointerdown"]) {
    host.addEventListener(name, event => {
      const area = event.target.closest(".probe");
      if (!area) return;
      const box = area.getBoundingClientRect(), { width, height } = size();
      moveTo((event.clientX - box.left) / box.width * width, (event.clientY - box.top) / box.height * height);
    }, options);
  }
  host.addEventListener("click", event => { if (event.target.closest("[data-part=photograph]")) choose(); }, options);
  host.addEventListener("keydown", event => {
    if (!event.target.matches("[data-part=photograph]")) return;
    const step = Math.max(1, Math.round(size().width / 64));
    const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [0, 0];
    if (event.key === "Enter") choose();
    else if (dx || dy) {
      moveTo(point.x + dx, point.y + dy);
    } else return;
    event.preventDefault();
  }, options);

  // The map of the channel under the pointer, in place of the chosen one.
  let shown = null;
  const preview = channel => {
    const image = part(".map img"), caption = part("[data-caption]");
    if (channel && !shown) shown = { source: image.getAttribute("src"), text: caption.textContent };
    if (channel) {
      image.src = `${host.dataset.address}/maps/${channel}`;
      caption.firstChild.data = fill(caption.dataset.caption, channel, host.dataset.layer);
    } else if (shown) {
      image.src = shown.source;
      caption.firstChild.data = shown.text;
      shown = null;
    }
  };
  host.addEventListener("pointerover", event => preview(event.target.closest("[data-channel]")?.dataset.channel), options);
  host.addEventListener("pointerleave", () => preview(null), options);
  host.addEventListener("change", () => { shown = null; }, options);

  // Another layer or picture: the same point, seen anew; at first the middle, when there is a picture.
  const begin = () => {
    dim(null);
    if (point) ask();
    else if (part(".probe")) moveTo(size().width / 2, size().height / 2);
  };
  const changes = new MutationObserver(begin);
  changes.observe(host, { attributes: true, attributeFilter: ["data-address"] });
  begin();
  return { dispose() { abort.abort(); changes.disconnect(); dim(null); } };
}

// Draws the Gram matrices of a layer; that of the painting again and again.
export function showGrams(host) {
  const abort = new AbortController(), options = { signal: abort.signal };
  const canvases = [...host.querySelectorAll("canvas")];
  let grams = {}, key = "", cell = null;

  async function load(which) {
    const answer = await fetch(`${host.dataset.address}/${host.dataset.layer}/${which}`, { ...options, cache: "no-store" });
    return answer.status === 200 ? answer.json() : null;
  }

  // Square roots, because a few entries are so large that they would hide all others.
  function draw() {
    const most = Math.sqrt(Math.max(1e-12, ...(grams.artwork?.values ?? []), ...(grams.photograph?.values ?? [])));
    for (const canvas of canvases) {
      const gram = grams[canvas.dataset.which];
      if (!gram) continue;
      const side = gram.channels.length, picture = new ImageData(side, side);
      gram.values.forEach((value, i) => picture.data.set([...colorAt(Math.sqrt(Math.max(0, value)) / most), 255], 4 * i));
      [canvas.width, canvas.height] = [side, side];
      const context = canvas.getContext("2d");
      context.putImageData(picture, 0, 0);
      if (cell) {
        context.globalCompositeOperation = "difference";
        context.fillStyle = "#fff";
        context.fillRect(cell.column, cell.row, 1, 1);
        context.globalCompositeOperation = "source-over";
      }
    }
    tell();
  }

  function tell() {
    const gram = grams.artwork;
    if (!cell || !gram) return;
    const side = gram.channels.length, at = cell.row * side + cell.column;
    const value = which => grams[which] ? grams[which].values[at].toPrecision(3) : "–";
    const [first, second] = [gram.channels[cell.row], gram.channels[cell.column]];
    host.querySelector(".gram-text").textContent =
      fill(host.dataset.cellText, first, second, value("photograph"), value("artwork"), value("painting"));
    const maps = host.querySelector(".gram-maps");
    maps.hidden = false;
    [first, second].forEach((channel, i) => {
      const image = maps.querySelectorAll("img")[i], address = `${host.dataset.artwork}/${gram.layer}/maps/${channel}`;
      if (image.getAttribute("src") !== address) image.setAttribute("src", address);
    });
  }

  async function watch() {
    while (!abort.signal.aborted) {
      try {
        const now = `${host.dataset.address} ${host.dataset.layer} ${host.dataset.version}`;
        if (host.dataset.address && host.dataset.version !== "0") {
          if (now !== key) grams = { photograph: await load("photograph"), artwork: await load("artwork") };
          const painting = await load("painting");
          grams.painting = painting?.layer === grams.artwork?.layer ? painting : null;
          if (now !== key) cell = cell && grams.artwork && cell.row < grams.artwork.channels.length && cell.column < grams.artwork.channels.length ? cell : null;
          key = grams.artwork ? now : "";
          draw();
        }
      } catch { /* the studio is gone, or busy */ }
      await pause(300);
    }
  }

  const point = (row, column) => {
    const side = grams.artwork?.channels.length;
    if (side) { cell = { row: clamp(row, 0, side - 1), column: clamp(column, 0, side - 1) }; draw(); }
  };
  for (const canvas of canvases) {
    for (const name of ["pointermove", "pointerdown"]) {
      canvas.addEventListener(name, event => {
        const box = canvas.getBoundingClientRect(), side = canvas.width;
        point(Math.floor((event.clientY - box.top) / box.height * side), Math.floor((event.clientX - box.left) / box.width * side));
      }, options);
    }
    canvas.addEventListener("keydown", event => {
      const [dy, dx] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key] ?? [0, 0];
      if (!dx && !dy) return;
      event.preventDefault();
      point((cell?.row ?? 0) + dy, (cell?.column ?? 0) + dx);
    }, options);
  }
  watch();
  return { dispose: () => abort.abort() };
}
