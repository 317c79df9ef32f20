"use strict";
// The address of the page says what the form says, so that it can be sent and gone back to.
(function () {
  const form = document.getElementById("scenario");
  const deep = document.getElementById("deep");
  const file = document.getElementById("file");
  const choose = document.getElementById("choose");

  function query() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name !== "own") { // a whole file is too long for an address
        said.append(name, value);
      }
    }
    return "?" + said.toString();
  }

  function follow() {
    deep.href = "/scenario" + query();
    file.href = "/scenario/case.toml" + query();
    window.history.replaceState(null, "", deep.href);
  }

  form.addEventListener("change", follow);
  deep.addEventListener("click", follow);
  choose.addEventListener("change", () => choose.submit());
})();
