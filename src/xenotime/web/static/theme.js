"use strict";
// Before the first paint, so that a dark page does not flash white.
(function () {
  let chosen = null;
  try {
    chosen = localStorage.getItem("xenotime-theme");
  } catch (error) {
    chosen = null; // a browser that keeps nothing follows its system
  }
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
