"use strict";
// The address of the page says what the form says, so that it can be sent and gone back to.
(function () {
  const form = document.getElementById("scenario");
  const deep = document.getElementById("deep");
  const chosen = document.getElementById("case");

  function address() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      said.append(name, value);
    }
    return "/scenario?" + said.toString();
  }

  function follow() {
    deep.href = address();
    window.history.replaceState(null, "", address());
  }

  form.addEventListener("change", follow);
  deep.addEventListener("click", follow);
  chosen.addEventListener("change", () => chosen.form.submit());
})();
