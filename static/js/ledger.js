/* Menus of a list: one open at a time, closed by Escape or a click elsewhere. */
(function () {
  "use strict";
  function closeOthers(kept) {
    document.querySelectorAll("details.fy-drop[open]").forEach(function (drop) {
      if (drop !== kept) drop.removeAttribute("open");
    });
  }
  document.addEventListener("click", function (event) {
    closeOthers(event.target.closest("details.fy-drop"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details.fy-drop[open]");
    if (!open) return;
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  });
})();
