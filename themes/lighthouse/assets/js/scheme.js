// Runs before the first paint: marks that scripts run and that results will come, and puts the reader's colour scheme on
// <html>, so nothing flashes or moves.
// A classic script on purpose: modules wait until the page is parsed.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  if (new URLSearchParams(location.search).get("q")) root.dataset.asked = "";
  try {
    const choice = localStorage.getItem("hg-scheme");
    if (choice === "light" || choice === "dark") root.dataset.scheme = choice;
  } catch {
    // Storage is blocked: the system's scheme it is.
  }
  // A module that cannot be loaded must not leave anything hidden that waits for it.
  addEventListener(
    "error",
    (event) => {
      if (!(event.target instanceof HTMLScriptElement)) return;
      delete root.dataset.script;
      delete root.dataset.asked;
    },
    true,
  );
})();
