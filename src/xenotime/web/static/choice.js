"use strict";
// What the chosen way needs is shown, the rest is folded away; the address says what the form says.
(function () {
  const form = document.getElementById("choice");
  const deep = document.getElementById("deep");
  const LONGEST = 30000; // characters of an address that servers and people still take

  function address() {
    const said = new URLSearchParams();
    const way = form.elements.from.value;
    const others = ["plant", "example", "text"].filter((name) => name !== (way === "file" ? "text" : way));
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "" && !others.includes(name)) {
        said.append(name, value);
      }
    }
    if (said.toString().length > LONGEST) {
      said.delete("text");
    }
    return "/choice?" + said.toString();
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
