// The keys of the video page, and the player that shows a clip and its painting in step.
export function listen(page, studio) {
  const abort = new AbortController();
  const names = { i: "from", o: "to", d: "draft", ",": "previous", ".": "next" };
  document.addEventListener("keydown", event => {
    const name = names[event.key];
    if (!name || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=range]), textarea, select") || !page.querySelector(".film")) return;
    event.preventDefault();
    studio.invokeMethodAsync("VideoKey", name);
  }, { signal: abort.signal });
  return { dispose: () => abort.abort() };
}

// The time may differ by this much before the clip is put right, in seconds.
const Drift = 0.06;

export function createPlayer(host) {
  const abort = new AbortController(), start = Number(host.dataset.start);
  const part = name => host.querySelector(`[data-act=${name}]`);
  const seek = part("seek"), time = part("time"), play = part("play");
  const views = [".after .film-view", ".before .film-view"].map(each => host.querySelector(each));
  let after = null, before = null, isPlaying = false, isOver = false;

  async function open() {
    const sides = await Promise.all(views.map((view, i) => view && sideOf(view, i === 0 ? 0 : start)));
    [after, before] = sides;
    if (!after || isOver) return;
    show(0);
    host.dataset.player = "ready";
    toggle();
    tick();
  }

  function tick() {
    if (isOver) return;
    requestAnimationFrame(tick);
    const duration = after.duration();
    if (!(duration > 0)) return;
    if (isPlaying && after.time() >= duration - 0.001) { show(0); after.play(); before?.play(); }
    const now = after.time();
    if (before && Math.abs(before.time() - now) > Drift) before.seek(now);
    after.draw?.();
    before?.draw?.();
    seek.value = String(1000 * now / duration);
    time.textContent = `${clock(now)} / ${clock(duration)}`;
    seek.setAttribute("aria-valuetext", clock(now));
  }

  function show(seconds) {
    after.seek(seconds);
    before?.seek(seconds);
  }

  function toggle() {
    if (!after) return;
    isPlaying = !isPlaying;
    host.dataset.playing = String(isPlaying);
    for (const side of [after, before]) isPlaying ? side?.play() : side?.pause();
  }

  play.addEventListener("click", toggle, { signal: abort.signal });
  seek.addEventListener("input", () => { if (after) show(after.duration() * seek.value / 1000); }, { signal: abort.signal });
  host.querySelector(".players").addEventListener("click", toggle, { signal: abort.signal });
  host.dataset.playing = "false";
  open();
  return { toggle, dispose() { isOver = true; abort.abort(); for (const side of [after, before]) side?.pause(); } };
}

const clock = seconds => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;

function sideOf(view, offset) {
  return view.tagName === "VIDEO" ? videoSide(view, offset) : animationSide(view, offset);
}

// Ready when its length is known; null if this browser cannot play it.
function videoSide(video, offset) {
  const side = {
    duration: () => video.duration - offset,
    time: () => video.currentTime - offset,
    seek(seconds) { video.currentTime = seconds + offset; },
    play() { video.play().catch(() => { video.muted = true; return video.play().catch(() => {}); }); },
    pause() { video.pause(); },
  };
  return new Promise(done => {
    const fail = () => { video.closest("figure").classList.add("is-unplayable"); done(null); };
    if (video.error) fail();
    else if (video.readyState > 0) done(side);
    else {
      video.addEventListener("loadedmetadata", () => done(side), { once: true });
      video.addEventListener("error", fail, { once: true });
    }
  });
}

// An animation, decoded frame by frame, so that two of them show the same moment. Browsers that cannot do that show it
// as a picture.
async function animationSide(canvas, offset) {
  const answer = await fetch(canvas.dataset.url), type = answer.headers.get("Content-Type");
  if (!("ImageDecoder" in window) || !(await ImageDecoder.isTypeSupported(type))) {
    const picture = document.createElement("img");
    picture.src = canvas.dataset.url;
    picture.className = canvas.className;
    picture.alt = canvas.getAttribute("aria-label");
    canvas.replaceWith(picture);
    return null;
  }
  const decoder = new ImageDecoder({ data: await answer.arrayBuffer(), type });
  await decoder.tracks.ready;
  const ends = [], context = canvas.getContext("2d");
  for (let index = 0, end = 0; index < decoder.tracks.selectedTrack.frameCount; index++) {
    const { image } = await decoder.decode({ frameIndex: index });
    if (index === 0) [canvas.width, canvas.height] = [image.displayWidth, image.displayHeight];
    ends.push(end += image.duration / 1e6);
    image.close();
  }
  let at = 0, since = null, shown = -1, isBusy = false;
  const total = ends.at(-1) - offset;
  const side = {
    duration: () => total,
    time: () => Math.min(total, since === null ? at : at + (performance.now() - since) / 1000),
    seek(seconds) { at = seconds; since = since === null ? null : performance.now(); },
    play() { since ??= performance.now(); },
    pause() { at = side.time(); since = null; },
    async draw() {
      const found = ends.findIndex(end => end > side.time() + offset + 1e-4), index = found < 0 ? ends.length - 1 : found;
      if (index === shown || isBusy) return;
      isBusy = true;
      const { image } = await decoder.decode({ frameIndex: index });
      context.drawImage(image, 0, 0);
      image.close();
      [shown, isBusy] = [index, false];
    },
  };
  return side;
}
