/* Choosing letters in the ledger: the bar says how many, and what cannot be done with them. */
(function () {
  "use strict";
  function boxes() {
    return Array.prototype.slice.call(document.querySelectorAll("#ledger input[name=letter]"));
  }
  function sum(rows, key) {
    return rows.reduce(function (total, box) { return total + Number(box.dataset[key]); }, 0);
  }
  function words(template, number) {
    return template.replace("{n}", number);
  }
  function tell() {
    var bar = document.getElementById("bulk");
    if (!bar) { return; }
    var all = boxes();
    var chosen = all.filter(function (box) { return box.checked; });
    var master = document.querySelector("#ledger input[data-all]");
    all.forEach(function (box) { box.closest("tbody").classList.toggle("is-on", box.checked); });
    bar.hidden = chosen.length === 0;
    if (master) {
      master.hidden = false;
      master.checked = chosen.length > 0 && chosen.length === all.length;
      master.indeterminate = chosen.length > 0 && chosen.length < all.length;
    }
    if (!chosen.length) { return; }
    var units = sum(chosen, "units");
    var urge = sum(chosen, "urge");
    var said = [words(bar.dataset.units, units)];
    if (urge === 0) {
      said.push(bar.dataset.none);
    } else {
      said.push(words(bar.dataset.urge, urge));
      if (urge < units) { said.push(bar.dataset.rest); }
    }
    bar.querySelector("[data-count]").textContent = words(bar.dataset.chosen, chosen.length);
    bar.querySelector("[data-about]").textContent = said.join("；");
    bar.querySelector("button[value=urge]").disabled = urge === 0;
  }
  document.addEventListener("change", function (event) {
    if (event.target.matches("#ledger input[data-all]")) {
      boxes().forEach(function (box) { box.checked = event.target.checked; });
    }
    if (event.target.closest("#ledger")) { tell(); }
  });
  document.addEventListener("reset", function (event) {
    if (event.target.id === "bulk") { window.setTimeout(tell, 0); }
  });
  /* j and k go to the next letter and back, x chooses the one in whose row the reader is. */
  function move(row, step) {
    var links = Array.prototype.slice.call(document.querySelectorAll("#ledger .fy-ledger__t a"));
    var here = links.indexOf(row && row.querySelector(".fy-ledger__t a"));
    var next = links[here < 0 ? 0 : here + step];
    if (next) { next.focus(); }
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) { return; }
    var row = event.target.closest("#ledger tbody");
    var box = row && row.querySelector("input[name=letter]");
    if (event.key === "j") { move(row, 1); }
    if (event.key === "k") { move(row, -1); }
    if (event.key === "x" && box) { box.click(); }
  });
  document.addEventListener("htmx:afterSettle", tell);
  window.addEventListener("pageshow", tell);
  tell();
})();
