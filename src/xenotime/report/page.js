"use strict";
(function () {
  const NARROW = 560;
  const PRINTED = 690;
  const LAND = /^#e[0-9a-f]e[0-9a-f]e[0-9a-f]$/i; // what nothing is said of on the map
  const DARK = new Set(["#000", "#000000", "black", "#222", "#222222", "#333", "#333333"]);
  const CONFIG = {
    displaylogo: false,
    responsive: true,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
    toImageButtonOptions: { format: "png", scale: 2 },
  };

  function read(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  const MAP_ASPECT = 2.05;
  const MAP_FOOT = 90;

  // A phone gets smaller letters and a taller foot, because the legend wraps into more lines there.
  function fitted(figure, width) {
    const layout = figure.layout;
    if (layout.yaxis && layout.yaxis.scaleanchor) {
      layout.height = width / MAP_ASPECT + MAP_FOOT;
    }
    if (width >= NARROW) {
      return figure;
    }
    layout.font = { size: 11 };
    if (layout.yaxis && layout.yaxis.scaleanchor) {
      thinner(figure);
    }
    let entries = 0;
    for (const trace of figure.data) {
      if (trace.type === "heatmap") {
        trace.textfont = { size: 7 };
        layout.xaxis.tickfont = { size: layout.xaxis.type === "date" ? 11 : 8 };
        trace.colorbar.len = 1;
      } else if (trace.type !== "sankey" && trace.showlegend !== false) {
        entries += 1;
      }
    }
    if (layout.legend && entries > 0) {
      layout.legend.font = { size: 11 };
      layout.height += 12 * entries;
    }
    for (const key of Object.keys(layout)) {
      if (/^[xy]axis/.test(key) && layout[key].title) {
        layout[key].title.font = { size: 11 };
      }
    }
    return figure;
  }

  function thinner(figure) {
    for (const trace of figure.data) {
      if (trace.line && trace.line.width > 1) {
        trace.line.width /= 2;
      }
      if (trace.marker && trace.marker.size) {
        trace.marker.size *= 0.6;
      }
    }
    for (const note of figure.layout.annotations || []) {
      note.arrowwidth = Math.max(note.arrowwidth / 2, 1);
    }
  }

  // A dark frame: light letters and quiet grids on no ground; the colours of data stay what they are.
  function themed(figure) {
    if (document.documentElement.dataset.theme !== "dark") {
      return figure;
    }
    const layout = figure.layout;
    layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
    layout.font = { ...layout.font, color: "#e6e6e6" };
    for (const key of Object.keys(layout)) {
      if (/^[xy]axis/.test(key)) {
        layout[key] = { ...layout[key], gridcolor: "#3c4046", linecolor: "#888", zerolinecolor: "#666" };
      } else if (/^geo/.test(key)) {
        layout[key] = { ...layout[key], bgcolor: "rgba(0,0,0,0)" };
      }
    }
    for (const note of layout.annotations || []) {
      note.font = { ...note.font, color: "#e6e6e6" };
    }
    for (const trace of figure.data) {
      if (trace.textfont) {
        trace.textfont = { ...trace.textfont, color: "#e6e6e6" };
      }
      if (LAND.test(trace.fillcolor)) {
        trace.fillcolor = "#3a3f45";
      }
      for (const part of [trace.line, trace.marker]) {
        if (part && DARK.has(part.color)) {
          part.color = "#d0d0d0";
        }
      }
    }
    return figure;
  }

  function draw(box, id) {
    const figure = themed(fitted(read(id), box.clientWidth));
    box.style.height = figure.layout.height + "px";
    return Plotly.react(box, figure.data, figure.layout, CONFIG);
  }

  const boxes = Array.from(document.querySelectorAll(".plot[data-figure]"));
  for (const select of document.querySelectorAll("select[data-plot]")) {
    document.getElementById(select.dataset.plot).dataset.chosen = select.value;
  }
  const drawn = boxes.map((box) => draw(box, box.dataset.figure));

  for (const select of document.querySelectorAll("select[data-plot]")) {
    const name = select.dataset.plot;
    const captions = read(name + "-captions");
    select.addEventListener("change", () => {
      const box = document.getElementById(name);
      document.getElementById(name + "-caption").textContent = captions[select.value];
      box.dataset.chosen = select.value;
      draw(box, select.value);
    });
  }

  window.addEventListener("themechange", () => {
    for (const box of boxes) {
      draw(box, box.dataset.chosen || box.dataset.figure);
    }
  });
  window.addEventListener("beforeprint", () => {
    for (const box of boxes) {
      Plotly.relayout(box, { width: PRINTED });
    }
  });
  window.addEventListener("afterprint", () => {
    for (const box of boxes) {
      Plotly.relayout(box, { width: null, autosize: true });
    }
  });

  Promise.all(drawn).then(() => {
    document.documentElement.dataset.ready = "yes";
  });
})();
