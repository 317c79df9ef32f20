"use strict";
(function () {
  const NARROW = 560;
  const PRINTED = 690;
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

  function draw(box, id) {
    const figure = fitted(read(id), box.clientWidth);
    box.style.height = figure.layout.height + "px";
    return Plotly.react(box, figure.data, figure.layout, CONFIG);
  }

  const boxes = Array.from(document.querySelectorAll(".plot"));
  const drawn = boxes.map((box) => draw(box, box.dataset.figure));

  for (const select of document.querySelectorAll("select[data-plot]")) {
    const name = select.dataset.plot;
    const captions = read(name + "-captions");
    select.addEventListener("change", () => {
      document.getElementById(name + "-caption").textContent = captions[select.value];
      draw(document.getElementById(name), select.value);
    });
  }

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
