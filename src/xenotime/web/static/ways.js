"use strict";
// What the chosen way needs is shown, the rest is folded away; the address says what the form says.
(function () {
  const form = document.querySelector("form.by-ways");
  const deep = document.getElementById("deep");
  const ways = Array.from(form.querySelectorAll(".way"));
  const LONGEST = 30000; // characters of an address that servers and people still take

  function isChosen(way) {
    return way.querySelector("input[type=radio]").checked;
  }

  function address() {
    const said = new URLSearchParams();
    const folded = ways.filter((way) => !isChosen(way));
    const others = folded.flatMap((way) => Array.from(way.querySelectorAll(".inside [name]"), (field) => field.name));
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "" && !others.includes(name)) {
        said.append(name, value);
      }
    }
    if (said.toString().length > LONGEST) {
      said.delete("text");
    }
    return form.getAttribute("action") + "?" + said.toString();
  }

  function fold() {
    for (const way of ways) {
      way.querySelector(".inside").hidden = !isChosen(way);
    }
  }

  function follow() {
    fold();
    deep.href = address();
    window.history.replaceState(null, "", address());
  }

  form.addEventListener("change", follow);
  deep.addEventListener("click", follow);
  fold();
})();
