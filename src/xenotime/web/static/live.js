"use strict";
// A job while it works: how far it is, the prices so far, and the page anew when there is more to show.
(function () {
  const EVERY = 500;
  const DASHES = ["solid", "dash", "dot", "dashdot"];
  const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#999999", "#8c6bb1"];
  const running = document.getElementById("running");
  if (!running) {
    return;
  }
  const job = running.dataset.job;
  const bar = document.getElementById("job-progress");
  const label = document.getElementById("job-label");
  const box = document.getElementById("live");
  let shown = "null";
  let last = null;

  function draw(partial) {
    if (!partial || !partial.months) {
      return;
    }
    last = partial;
    const bands = partial.bands || [];
    if (bands.length === 0 && (partial.prices || []).length === 0) {
      return;
    }
    const dark = document.documentElement.dataset.theme === "dark";
    const ink = dark ? "#e6e6e6" : "#222";
    const title =
      bands.length > 0
        ? "Price over the same month without the control: median and nine in ten of " + bands[0].draws + " draws so far"
        : "Prices as multiples of the first month, as months are made";
    const fans = bands.flatMap((row, place) => {
      const colour = COLOURS[place];
      const name = row.material.replaceAll("_", " ") + ", " + row.region;
      const shared = { x: partial.months, legendgroup: name, mode: "lines" };
      return [
        { ...shared, y: row.low, line: { width: 0 }, showlegend: false, hoverinfo: "skip" },
        { ...shared, y: row.high, line: { width: 0 }, fill: "tonexty", fillcolor: colour + "33", showlegend: false },
        { ...shared, y: row.value, name: name, line: { color: colour, dash: DASHES[place % 4] } },
      ];
    });
    const lines = bands.length > 0 ? fans : partial.prices.map((row, place) => ({
      x: partial.months,
      y: row.value,
      name: row.material.replaceAll("_", " ") + ", " + row.region,
      mode: "lines+markers",
      line: { dash: DASHES[place % 4] },
    }));
    const axis = { gridcolor: dark ? "#444" : "#ddd", tickfont: { color: ink } };
    const layout = {
      title: { text: title, font: { size: 15, color: ink } },
      height: 380,
      margin: { l: 50, r: 20, t: 50, b: 40 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink },
      colorway: COLOURS,
      xaxis: { ...axis, type: "category" },
      yaxis: { ...axis, type: "log", title: { text: "multiple" } },
      legend: { orientation: "h", y: -0.2 },
    };
    Plotly.react(box, lines, layout, { displaylogo: false, responsive: true });
    box.dataset.months = String(partial.months.length);
  }

  async function look() {
    let state;
    try {
      const answer = await fetch("/api/jobs/" + job, { headers: { accept: "application/json" } });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      state = await answer.json();
    } catch (error) {
      label.textContent = "The workbench does not answer; the job goes on when it is started again.";
      window.setTimeout(look, 4 * EVERY);
      return;
    }
    bar.max = Math.max(state.total, 1);
    bar.value = state.done;
    label.textContent =
      state.label || (state.state === "queued" ? "waits for its turn" : "begins");
    const open = state.state === "queued" || state.state === "running";
    const more = String(state.document_size) !== running.dataset.size;
    if (!open || more) {
      window.location.reload();
      return;
    }
    const said = JSON.stringify(state.partial);
    if (said !== shown) {
      shown = said;
      draw(state.partial);
    }
    window.setTimeout(look, EVERY);
  }

  window.addEventListener("themechange", () => draw(last));
  look();
})();
