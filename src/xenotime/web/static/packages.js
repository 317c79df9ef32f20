"use strict";
// What the chosen way needs is shown, the rest is folded away; the address says what the form says.
(function () {
  const form = document.getElementById("packages");
  const deep = document.getElementById("deep");
  const LONGEST = 30000; // characters of an address that servers and people still take

  function address() {
    const said = new URLSearchParams();
    const way = form.elements.from.value;
    const others = way === "file" ? ["sponsor"] : ["text"];
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "" && !others.includes(name)) {
        said.append(name, value);
      }
    }
    if (said.toString().length > LONGEST) {
      said.delete("text");
    }
    return "/choice/packages?" + said.toString();
  }

  function fold() {
    for (const way of form.querySelectorAll(".way")) {
      way.querySelector(".inside").hidden = !way.querySelector("input[type=radio]").checked;
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
