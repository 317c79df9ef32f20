"use strict";
// Rows are added and taken away in place; the address says what the form says, files apart.
(function () {
  const form = document.getElementById("company");
  const deep = document.getElementById("deep");

  function address() {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "" && name !== "draft") {
        said.append(name, value);
      }
    }
    return "/company?" + said.toString();
  }

  function follow() {
    deep.href = address();
    window.history.replaceState(null, "", address());
  }

  function clear(row) {
    for (const cell of row.querySelectorAll("input, select")) {
      if (cell.tagName === "SELECT") {
        cell.selectedIndex = 0;
      } else {
        cell.value = "";
      }
    }
  }

  // Names and labels carry the row's number, so that no two rows are taken for one.
  function number(body) {
    Array.from(body.rows).forEach((row, place) => {
      for (const cell of row.querySelectorAll("[name]")) {
        const [table, , key] = cell.name.split(".");
        cell.name = table + "." + place + "." + key;
        cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/row \d+/, "row " + (place + 1)));
      }
    });
  }

  function removable(row) {
    const cell = row.insertCell();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Remove";
    button.addEventListener("click", () => {
      const body = row.parentElement;
      if (body.rows.length > 1) {
        row.remove();
      } else {
        clear(row);
      }
      number(body);
      follow();
    });
    cell.append(button);
  }

  for (const table of form.querySelectorAll("table.entry")) {
    const body = table.tBodies[0];
    const empty = body.rows[body.rows.length - 1].cloneNode(true);
    clear(empty);
    const last = document.createElement("th");
    last.scope = "col";
    last.textContent = "row";
    table.tHead.rows[0].append(last);
    Array.from(body.rows).forEach(removable);
    form.querySelector('button[name="more"][value="' + table.dataset.table + '"]').addEventListener("click", (event) => {
      event.preventDefault();
      const row = body.appendChild(empty.cloneNode(true));
      removable(row);
      number(body);
      row.querySelector("input, select").focus();
    });
  }

  form.addEventListener("change", follow);
  deep.addEventListener("click", follow);
})();
