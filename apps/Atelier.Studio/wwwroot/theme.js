// Sets the theme before anything is drawn: what the person chose before, or else what the system prefers.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("atelier-theme"); } catch { /* storage is switched off */ }
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
})();
