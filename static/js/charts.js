/* Charts of the leaders' page. Data comes from <script type="application/json"> blocks
   (json_script), colours from the custom properties of portal.css, so the wall theme needs no
   second palette. Tooltips are drawn on the canvas (richText), because HTML
   tooltips carry style attributes that a strict Content-Security-Policy drops. */
(function () {
  "use strict";
  var css = getComputedStyle(document.body);
  function v(n) { return css.getPropertyValue(n).trim(); }
  var wall = document.body.classList.contains("fy-wall");
  var fs = wall ? 19 : 12;
  var font = v("--fy-font");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  function base(o) {
    o.animation = !still && !document.documentElement.hasAttribute("data-still");
    o.textStyle = { fontFamily: font, fontSize: fs, color: v("--fy-text-2") };
    o.aria = { enabled: true };
    return o;
  }
  function tip(trigger) {
    return { trigger: trigger, renderMode: "richText", backgroundColor: v("--fy-sheet"), borderColor: v("--fy-line-2"), borderWidth: 1, padding: [6, 10], textStyle: { color: v("--fy-text"), fontSize: fs + 1, fontFamily: font } };
  }
  var kinds = {
    spark: function (d) {
      var known = d.values.filter(function (x) { return x !== null; }).concat(d.target === null ? [] : [d.target]);
      var lo = Math.min.apply(null, known), hi = Math.max.apply(null, known), pad = (hi - lo) * 0.15 || 1;
      return base({
        grid: { left: 2, right: 8, top: 4, bottom: 4 },
        tooltip: Object.assign(tip("axis"), { formatter: function (p) { return p[0].name + "  " + (p[0].value === undefined || p[0].value === null ? "—" : p[0].value + (d.sign === undefined ? "%" : d.sign)); } }),
        xAxis: { type: "category", data: d.months, show: false, boundaryGap: false },
        yAxis: { type: "value", show: false, min: lo - pad, max: hi + pad },
        series: [{
          type: "line", data: d.values, symbol: "circle", lineStyle: { width: wall ? 3 : 1.75, color: v("--fy-ink-600") }, itemStyle: { color: v("--fy-ink-800") },
          showSymbol: true, symbolSize: function (x, p) { return p.dataIndex === d.values.length - 1 ? (wall ? 10 : 6) : 0; },
          markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { type: [3, 3], width: 1, color: v("--fy-text-3") }, data: d.target === null ? [] : [{ yAxis: d.target }] }
        }]
      });
    },
    areas: function (d) {
      return base({
        grid: { left: wall ? 150 : 92, right: wall ? 90 : 56, top: wall ? 34 : 26, bottom: 4 },
        legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, itemGap: 18, textStyle: { color: v("--fy-text-2"), fontSize: fs }, data: d.series.map(function (s) { return s.name; }) },
        tooltip: tip("axis"),
        xAxis: { type: "value", show: false },
        yAxis: { type: "category", inverse: true, data: d.areas, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: v("--fy-text"), fontSize: wall ? 20 : 13, margin: 10 } },
        series: d.series.map(function (s, i) {
          return {
            name: s.name, type: "bar", stack: "t", barWidth: wall ? 18 : 12, data: s.values, itemStyle: { color: [v("--fy-ink-600"), v("--fy-ink-400")][i] },
            label: i === d.series.length - 1 ? { show: true, position: "right", distance: 8, color: v("--fy-text"), fontSize: wall ? 20 : 13, formatter: function (p) { var t = 0; d.series.forEach(function (q) { t += q.values[p.dataIndex]; }); return String(t); } } : undefined
          };
        })
      });
    },
    course: function (d) {
      var bars = d.months.length, ink = v("--fy-ink-600"), grey = v("--fy-text-3");
      var whole = d.sign === "%" && Math.max.apply(null, d.values.concat(d.before)) > 60;
      function said(p) {
        var at = p[0].dataIndex, lines = [d.names[at]];
        p.forEach(function (one) {
          if (one.value === undefined || one.value === null) { return; }
          var base = one.seriesIndex === 0 && d.bases[at] ? "（" + d.bases[at] + "）" : "";
          lines.push(one.seriesName + "  " + one.value + d.sign + base);
        });
        return lines.length > 1 ? lines.join("\n") : lines[0] + "  —";
      }
      return base({
        grid: { left: 46, right: d.target === null ? 14 : 60, top: 34, bottom: 40 },
        legend: { top: 0, left: 0, itemGap: 18, textStyle: { color: v("--fy-text-2"), fontSize: fs }, data: [{ name: d.words[0], icon: "rect", itemStyle: { color: ink } }, { name: d.words[1], icon: "path://M0,5L8,5L8,7L0,7ZM12,5L20,5L20,7L12,7Z", itemStyle: { color: grey } }], itemWidth: 18, itemHeight: 8 },
        tooltip: Object.assign(tip("axis"), { formatter: said }),
        xAxis: { type: "category", data: d.months, axisLine: { lineStyle: { color: v("--fy-line-2") } }, axisTick: { show: false }, axisLabel: { color: v("--fy-text-2"), fontSize: fs, interval: 0, hideOverlap: true, lineHeight: 16 } },
        yAxis: { type: "value", splitNumber: 3, min: 0, max: whole ? 100 : null, interval: whole ? 25 : null, splitLine: { lineStyle: { color: v("--fy-line") } }, axisLabel: { color: v("--fy-text-3"), fontSize: fs, formatter: "{value}" + d.sign } },
        series: [
          { name: d.words[0], type: "bar", data: d.values, labelLayout: { hideOverlap: true }, barMaxWidth: 34, barCategoryGap: "42%", itemStyle: { color: ink }, label: { show: true, position: "top", distance: 4, color: v("--fy-text"), fontSize: fs, formatter: function (p) { return bars > 8 ? String(Math.round(p.value * 10) / 10) : String(p.value); } },
            markLine: { silent: true, symbol: "none", lineStyle: { type: [4, 3], width: 1.25, color: v("--fy-amber") }, label: { position: "end", color: v("--fy-amber"), fontSize: fs, formatter: d.words[2] + "\n" + d.target + d.sign }, data: d.target === null ? [] : [{ yAxis: d.target }] } },
          { name: d.words[1], type: "line", data: d.before, symbol: "circle", symbolSize: 5, connectNulls: false, lineStyle: { width: 1.5, type: [4, 3], color: grey }, itemStyle: { color: grey } }
        ]
      });
    },
    trend: function (d) {
      return base({
        grid: { left: 34, right: 14, top: 30, bottom: 24 },
        legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 2, itemGap: 18, icon: "rect", textStyle: { color: v("--fy-text-2"), fontSize: fs } },
        tooltip: tip("axis"),
        xAxis: { type: "category", data: d.months, boundaryGap: false, axisLine: { lineStyle: { color: v("--fy-line-2") } }, axisTick: { show: false }, axisLabel: { color: v("--fy-text-3"), fontSize: fs } },
        yAxis: { type: "value", splitNumber: 3, splitLine: { lineStyle: { color: v("--fy-line") } }, axisLabel: { color: v("--fy-text-3"), fontSize: fs } },
        series: d.series.map(function (s, i) {
          return { name: s.name, type: "line", data: s.values, symbol: "none", lineStyle: { width: i === 2 ? 1.25 : 2, type: i === 2 ? [4, 3] : "solid", color: [v("--fy-ink-700"), v("--fy-ink-400"), v("--fy-text-3")][i] }, itemStyle: { color: [v("--fy-ink-700"), v("--fy-ink-400"), v("--fy-text-3")][i] } };
        })
      });
    }
  };
  function draw(root) {
    root.querySelectorAll("[data-chart]").forEach(function (el) {
      if (echarts.getInstanceByDom(el)) { return; }
      var d = JSON.parse(document.getElementById(el.getAttribute("data-source")).textContent);
      var c = echarts.init(el, null, { renderer: "svg" });
      c.setOption(kinds[el.getAttribute("data-chart")](d));
      fit(c);
    });
  }
  function each(wanted) {
    document.querySelectorAll("[data-chart]").forEach(function (el) {
      var c = echarts.getInstanceByDom(el);
      if (c) { wanted(c); }
    });
  }
  /* A drawing knows its own size, so that a sheet of paper can draw it smaller. */
  function fit(c) {
    var svg = c.getDom().querySelector("svg");
    if (svg) { svg.setAttribute("viewBox", "0 0 " + c.getWidth() + " " + c.getHeight()); }
  }
  /* On paper charts are drawn as wide as its column, and their numbers stand below them. */
  var opened = [], PAPER = 600;
  function sized(width) {
    each(function (c) {
      if (!c.getDom().classList.contains("fy-chart")) { return; }
      c.resize(width === "auto" ? { width: "auto", height: "auto" } : { width: width, height: c.getHeight() || 264 });
      c.getZr().flush();
      fit(c);
    });
  }
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("details.fy-as-table:not([open])"));
    opened.forEach(function (one) { one.open = true; });
    sized(PAPER);
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (one) { one.open = false; });
    opened = [];
    sized("auto");
  });
  window.addEventListener("resize", function () { each(function (c) { c.resize(); fit(c); }); });
  document.addEventListener("fy:clear", function () { each(function (c) { c.dispose(); }); });
  document.addEventListener("fy:draw", function () { draw(document); });
  draw(document);
})();
