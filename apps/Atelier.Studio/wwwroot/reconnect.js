// A studio that was started again knows nothing of this page: load it anew.
document.getElementById("components-reconnect-modal").addEventListener("components-reconnect-state-changed", event => {
  const { state } = event.detail;
  if (state === "rejected") location.reload();
  else if (state === "failed") setInterval(reloadWhenBack, 2000);
});

async function reloadWhenBack() {
  try {
    if ((await fetch("favicon.ico", { cache: "no-store" })).ok) location.reload();
  } catch { /* not yet */ }
}
