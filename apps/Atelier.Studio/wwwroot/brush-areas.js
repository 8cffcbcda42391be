// Areas of masks: neighbors of like color, and regions. A click inside what is selected takes it away.
const Inside = 128;

// The area around a spot in which colors differ from that of the spot by no more than a tolerance, 0 to 1.
export function floodAt(values, pixels, width, height, spot, tolerance) {
  const x = Math.floor(spot.x * width), y = Math.floor(spot.y * height);
  if (!pixels || x < 0 || y < 0 || x >= width || y >= height) return null;
  const start = y * width + x, limit = 3 * (255 * tolerance) ** 2, area = new Uint8ClampedArray(values.length);
  const isLike = i => {
    let sum = 0;
    for (let c = 0; c < 3; c++) sum += (pixels[4 * i + c] - pixels[4 * start + c]) ** 2;
    return sum <= limit;
  };
  const open = [start];
  area[start] = 255;
  const visit = i => { if (area[i] === 0 && isLike(i)) { area[i] = 255; open.push(i); } };
  while (open.length > 0) {
    const i = open.pop(), column = i % width;
    if (column > 0) visit(i - 1);
    if (column + 1 < width) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i + width < area.length) visit(i + width);
  }
  return join(values, softened(area, width, height), values[start] < Inside);
}

// The region at a spot, or of a color.
export function regionAt(values, labels, width, height, { x, y, color }) {
  let wanted = color && parseInt(color.slice(1), 16);
  const at = i => (labels[4 * i] << 16) | (labels[4 * i + 1] << 8) | labels[4 * i + 2];
  if (!color) {
    if (!labels || x < 0 || y < 0 || x >= 1 || y >= 1) return null;
    wanted = at(Math.floor(y * height) * width + Math.floor(x * width));
  }
  const area = new Uint8ClampedArray(values.length);
  let count = 0, inside = 0;
  for (let i = 0; i < area.length; i++) {
    if (at(i) !== wanted) continue;
    area[i] = 255;
    count++;
    if (values[i] >= Inside) inside++;
  }
  return count === 0 ? null : join(values, softened(area, width, height), inside < count / 2);
}

// Means of 3 by 3, so that edges are not jagged.
function softened(area, width, height) {
  const soft = new Uint8ClampedArray(area.length);
  for (let y = 0; y < height; y++) {
    const rows = [Math.max(0, y - 1), y, Math.min(height - 1, y + 1)];
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - 1), right = Math.min(width - 1, x + 1);
      let sum = 0;
      for (const row of rows) sum += area[row * width + left] + area[row * width + x] + area[row * width + right];
      soft[y * width + x] = sum / 9;
    }
  }
  return soft;
}

const join = (values, area, isAdded) =>
  values.map((value, i) => isAdded ? Math.max(value, area[i]) : Math.min(value, 255 - area[i]));
