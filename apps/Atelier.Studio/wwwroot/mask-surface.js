// A mask as a picture in memory: gray, opaque, painted by strokes, and shown as a tint with an outline.
const Tint = [232, 44, 96];

export class MaskSurface {
  #mask; #before; #stroke; #rest; #tint; #edge; #last = null;

  constructor(width, height) {
    [this.width, this.height] = [width, height];
    [this.#mask, this.#before, this.#stroke, this.#rest] = Array.from({ length: 4 }, () => surface(width, height, "#000"));
    [this.#tint, this.#edge] = [surface(width, height), surface(width, height)];
  }

  // The gray value of each pixel, 0 to 255.
  get values() {
    const { data } = this.#mask.getImageData(0, 0, this.width, this.height), values = new Uint8ClampedArray(this.width * this.height);
    for (let i = 0; i < values.length; i++) values[i] = data[4 * i];
    return values;
  }

  set values(values) {
    const image = new ImageData(this.width, this.height);
    for (let i = 0; i < values.length; i++) {
      image.data.fill(values[i], 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    }
    this.#mask.putImageData(image, 0, 0);
    this.#shade();
  }

  // Takes a picture, or black if there is none.
  load(picture) {
    this.#mask.fillRect(0, 0, this.width, this.height);
    if (picture) this.#mask.drawImage(picture, 0, 0, this.width, this.height);
    this.#shade();
  }

  // The pixels of a picture that is stretched over the mask.
  pixelsOf(picture, isSmooth) {
    const context = surface(this.width, this.height, "#000");
    context.imageSmoothingEnabled = isSmooth;
    context.drawImage(picture, 0, 0, this.width, this.height);
    return context.getImageData(0, 0, this.width, this.height).data;
  }

  toPng() { return this.#mask.canvas.convertToBlob({ type: "image/png" }); }

  draw(context, { x, y, width, height, scale }, hasTint) {
    context.imageSmoothingEnabled = scale < 6;
    if (hasTint) context.drawImage(this.#tint.canvas, x, y, width, height);
    context.drawImage(this.#edge.canvas, x, y, width, height);
  }

  beginStroke() {
    this.#before.drawImage(this.#mask.canvas, 0, 0);
    this.#stroke.fillStyle = "#000";
    this.#stroke.fillRect(0, 0, this.width, this.height);
    this.#last = null;
  }

  cancelStroke() {
    this.#mask.drawImage(this.#before.canvas, 0, 0);
    this.#shade();
  }

  // Leads the stroke to a place with a radius in pixels.
  strokeTo(to, { softness, opacity, erases }) {
    const from = this.#last ?? to, distance = Math.hypot(to.x - from.x, to.y - from.y);
    const steps = Math.max(1, Math.ceil(distance / Math.max(1, to.r * 0.2)));
    for (let i = this.#last ? 1 : steps; i <= steps; i++) {
      const between = name => from[name] + (to[name] - from[name]) * i / steps;
      this.#dab(between("x"), between("y"), between("r"), softness);
    }
    this.#last = to;
    const reach = Math.ceil(Math.max(from.r, to.r)) + 2;
    const area = this.#within(Math.min(from.x, to.x) - reach, Math.min(from.y, to.y) - reach, Math.max(from.x, to.x) + reach, Math.max(from.y, to.y) + reach);
    this.#lay(area, opacity, erases);
    this.#shade(area);
  }

  // Dabs are joined by their maximum, so that a soft edge stays soft along the stroke.
  #dab(x, y, r, softness) {
    const gradient = this.#stroke.createRadialGradient(x, y, 0, x, y, r), hard = Math.min(1 - softness, 1 - 1 / Math.max(r, 1.5));
    gradient.addColorStop(0, "#fff");
    for (let i = 0; i <= 4; i++) {
      const t = i / 4, level = Math.round(255 * (1 - t * t * (3 - 2 * t)));
      gradient.addColorStop(Math.max(0, hard + (1 - hard) * t), `rgb(${level} ${level} ${level})`);
    }
    this.#stroke.globalCompositeOperation = "lighten";
    this.#stroke.fillStyle = gradient;
    this.#stroke.fillRect(x - r, y - r, 2 * r, 2 * r);
    this.#stroke.globalCompositeOperation = "source-over";
  }

  // Lays the stroke so far over the mask as it was before: m + s - ms, or m - ms for the eraser.
  #lay(area, opacity, erases) {
    put(this.#mask, this.#before, area);
    if (!erases) return put(this.#mask, this.#stroke, area, "screen", opacity);
    this.#rest.fillStyle = "#fff";
    this.#rest.fillRect(area.x, area.y, area.w, area.h);
    put(this.#rest, this.#stroke, area, "difference");
    put(this.#mask, this.#rest, area, "multiply", opacity);
  }

  #within(left, top, right, bottom) {
    const x = Math.min(this.width - 1, Math.max(0, Math.floor(left))), y = Math.min(this.height - 1, Math.max(0, Math.floor(top)));
    return { x, y, w: Math.max(1, Math.min(this.width, Math.ceil(right)) - x), h: Math.max(1, Math.min(this.height, Math.ceil(bottom)) - y) };
  }

  // A tint with stripes, and an outline in black and white, are seen on every picture.
  #shade(area = { x: 0, y: 0, w: this.width, h: this.height }) {
    const { x, y, w, h } = this.#within(area.x - 2, area.y - 2, area.x + area.w + 2, area.y + area.h + 2);
    const values = this.#mask.getImageData(x, y, w, h).data, tint = new ImageData(w, h), edge = new ImageData(w, h);
    const band = Math.max(4, Math.round(Math.max(this.width, this.height) / 90));
    for (let row = 0; row < h; row++) {
      for (let column = 0; column < w; column++) {
        const i = (row * w + column) * 4, value = values[i], isIn = value >= 128;
        const differs = by => values[by] >= 128 !== isIn;
        if ((column > 0 && differs(i - 4)) || (row > 0 && differs(i - 4 * w)) || (column < w - 1 && differs(i + 4)) || (row < h - 1 && differs(i + 4 * w))) {
          edge.data.fill(isIn ? 255 : 0, i, i + 3);
          edge.data[i + 3] = 235;
        } else if (value > 0) {
          const isStripe = (column + x + row + y) % (2 * band) < band / 2;
          for (let c = 0; c < 3; c++) tint.data[i + c] = isStripe ? 255 : Tint[c];
          tint.data[i + 3] = value * (isStripe ? 0.34 : 0.4);
        }
      }
    }
    this.#tint.putImageData(tint, x, y);
    this.#edge.putImageData(edge, x, y);
  }
}

// The borders between the colors of a label picture, as a picture.
export function bordersOf(pixels, width, height) {
  const context = surface(width, height), image = new ImageData(width, height);
  const same = (i, j) => pixels[i] === pixels[j] && pixels[i + 1] === pixels[j + 1] && pixels[i + 2] === pixels[j + 2];
  for (let i = 0; i < pixels.length; i += 4) {
    const isBorder = (i / 4 + 1) % width !== 0 && !same(i, i + 4) || i + 4 * width < pixels.length && !same(i, i + 4 * width);
    if (!isBorder) continue;
    image.data.set([255, 255, 255, 230], i);
    image.data.set([0, 0, 0, 200], i + 4);
  }
  context.putImageData(image, 0, 0);
  return context.canvas;
}

function surface(width, height, fill) {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.fillStyle = fill ?? "#000";
  if (fill) context.fillRect(0, 0, width, height);
  return context;
}

function put(onto, source, { x, y, w, h }, how = "source-over", alpha = 1) {
  [onto.globalCompositeOperation, onto.globalAlpha] = [how, alpha];
  onto.drawImage(source.canvas, x, y, w, h, x, y, w, h);
  [onto.globalCompositeOperation, onto.globalAlpha] = ["source-over", 1];
}
