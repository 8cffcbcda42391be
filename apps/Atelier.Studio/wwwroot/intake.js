// Receives pictures that are dropped, pasted or chosen, and sends them to the studio.
export function receive(page, studio) {
  const abort = new AbortController();
  const on = (name, act) => document.addEventListener(name, act, { signal: abort.signal });
  let depth = 0;
  const mark = over => page.classList.toggle("is-over", over);
  const hasFiles = event => event.dataTransfer?.types.includes("Files");

  on("dragenter", event => { if (hasFiles(event)) { event.preventDefault(); depth++; mark(true); } });
  on("dragover", event => { if (hasFiles(event)) event.preventDefault(); });
  on("dragleave", () => { depth = Math.max(0, depth - 1); if (depth === 0) mark(false); });
  on("drop", event => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    mark(false);
    // A folder comes as a file that cannot be read.
    const folders = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry?.isDirectory).map(entry => entry.name);
    if (folders.length > 0) studio.invokeMethodAsync("FolderDropped", folders[0]);
    const files = [...event.dataTransfer.files].filter(file => !folders.includes(file.name));
    send(files, event.target.closest("[data-kind]")?.dataset.kind);
  });
  on("paste", event => {
    const files = [...event.clipboardData.files];
    if (files.length > 0) { event.preventDefault(); send(files); }
  });
  on("change", event => {
    const input = event.target;
    if (input.type !== "file" || !input.dataset.kind) return;
    send([...input.files], input.dataset.kind);
    input.value = "";
  });

  async function send(files, kind) {
    for (const file of files) {
      const isClip = file.type.startsWith("video/") && page.querySelector("[data-kind=clips]");
      const target = isClip ? "clips" : kind ?? page.dataset.next;
      await studio.invokeMethodAsync("Receiving", file.name);
      try {
        const query = `name=${encodeURIComponent(file.name)}&restores=${"restores" in page.dataset}`;
        const answer = await fetch(`pictures/${target}?${query}`, { method: "POST", body: file });
        const body = await answer.json();
        if (answer.ok) await studio.invokeMethodAsync("Received", body.kind, body.name);
        else await studio.invokeMethodAsync("NotReceived", file.name, body.detail ?? answer.statusText);
      } catch (error) {
        await studio.invokeMethodAsync("NotReceived", file.name, String(error.message ?? error));
      }
      if (kind === "photographs" || target === "photographs") kind = "artworks";
    }
  }

  return { dispose: () => abort.abort() };
}
