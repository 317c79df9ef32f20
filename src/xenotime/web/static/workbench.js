"use strict";
// What every page does: theme, printing, tables to take away, and asking any number why.
(function () {
  const root = document.documentElement;

  const theme = document.getElementById("theme");
  theme.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("xenotime-theme", root.dataset.theme);
    } catch (error) {
      // a browser that keeps nothing forgets the choice
    }
    window.dispatchEvent(new Event("themechange"));
  });

  const print = document.getElementById("print");
  if (print) {
    print.addEventListener("click", () => window.print());
  }
  const tables = document.getElementById("tables");
  if (tables) {
    tables.addEventListener("change", () => {
      if (tables.value) {
        window.location.assign(tables.value);
        tables.value = "";
      }
    });
  }

  // ---- why -------------------------------------------------------------------------------------------
  const dialog = document.getElementById("why");
  const tools = document.querySelector(".tools");

  function topicOf(cell) {
    const holder = cell.closest("[data-why], section[id], div[id]");
    return holder ? holder.dataset.why || holder.id : "";
  }

  function rowOf(cell) {
    const line = cell.closest("tr");
    const head = cell.closest("table") && cell.closest("table").tHead;
    if (!line || !head) {
      return {};
    }
    const names = Array.from(head.rows[0].cells, (item) => item.textContent.trim());
    const row = { column: names[cell.cellIndex] || "" };
    Array.from(line.cells).forEach((item, place) => {
      row["cell." + (names[place] || place)] = item.textContent.trim();
    });
    return row;
  }

  async function ask(cell) {
    const asked = new URLSearchParams({
      topic: topicOf(cell),
      number: cell.textContent.trim(),
      page: window.location.pathname,
      ...rowOf(cell),
      ...cell.dataset,
    });
    if (tools) {
      asked.set("job", tools.dataset.job);
    }
    dialog.textContent = "…";
    dialog.showModal();
    try {
      const answer = await fetch("/why?" + asked.toString());
      dialog.innerHTML = await answer.text(); // markup of our server, which escapes every text
    } catch (error) {
      dialog.textContent = "The workbench does not answer. Is it still running?";
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.prepend(close);
    close.focus();
  }

  for (const cell of document.querySelectorAll("main td.figure, main .tile b, main [data-ask]")) {
    if (!/\d/.test(cell.textContent)) {
      continue;
    }
    cell.tabIndex = 0;
    cell.setAttribute("role", "button");
    cell.classList.add("askable");
    cell.title = "Why?";
    cell.addEventListener("click", () => ask(cell));
    cell.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        ask(cell);
      }
    });
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
})();
