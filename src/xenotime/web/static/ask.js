"use strict";
// The address of a page of questions follows its form, so that it can be sent, kept and gone back to.
(function () {
  const LONGEST = 6000; // characters of an address that every browser and server takes
  const form = document.getElementById("ask");
  if (!form) {
    return;
  }
  const path = form.getAttribute("action");

  function address() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") {
        said.append(name, value);
      }
    }
    const whole = path + "?" + said.toString();
    if (whole.length <= LONGEST) {
      return whole;
    }
    for (const area of form.querySelectorAll("textarea")) {
      said.delete(area.name); // what is too long for an address stays in the page alone
    }
    return path + "?" + said.toString();
  }

  form.addEventListener("change", () => window.history.replaceState(null, "", address()));
  const game = form.querySelector("select[name=game]");
  if (game) {
    game.addEventListener("change", () => window.location.assign(address()));
  }
})();
