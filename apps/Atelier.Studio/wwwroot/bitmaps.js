// Pictures to be drawn. They hold their memory until they are closed.

// Loads a picture; null if there is none.
export async function bitmapOf(url, signal) {
  try {
    const answer = url && await fetch(url, { signal });
    return answer?.ok ? await createImageBitmap(await answer.blob()) : null;
  } catch {
    return null;
  }
}

// The middle of a picture, in the proportions of another.
export function cropped(picture, { width, height }) {
  const scale = Math.min(picture.width / width, picture.height / height);
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  return createImageBitmap(picture, Math.floor((picture.width - w) / 2), Math.floor((picture.height - h) / 2), w, h);
}

export function free(pictures) {
  for (const picture of pictures) picture?.close();
}
