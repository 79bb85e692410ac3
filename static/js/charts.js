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
        tooltip: Object.assign(tip("axis"), { formatter: function (p) { return p[0].name + "  " + (p[0].value === undefined || p[0].value === null ? "—" : p[0].value + "%"); } }),
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
  document.querySelectorAll("[data-chart]").forEach(function (el) {
    var d = JSON.parse(document.getElementById(el.getAttribute("data-source")).textContent);
    var c = echarts.init(el, null, { renderer: "svg" });
    c.setOption(kinds[el.getAttribute("data-chart")](d));
    window.addEventListener("resize", function () { c.resize(); });
  });
})();
