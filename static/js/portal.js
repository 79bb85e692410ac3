/* 府院联动工作平台: small help for every page; all of it works without this file too. */
(function () {
  "use strict";

  /* A form is sent once: its buttons rest until an answer comes. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  /* What went wrong is read first. */
  var alert = document.querySelector("[role=alert][tabindex]");
  if (alert) { alert.focus(); }

  /* On a narrow page the register that is read is in sight, however far right it stands. */
  var here = document.querySelector(".fy-registers [aria-current]");
  if (here) {
    var bar = here.closest(".fy-registers");
    bar.scrollLeft = here.getBoundingClientRect().right - bar.getBoundingClientRect().left - bar.clientWidth + 32;
  }

  /* Leaving a page with typed words asks first. */
  var touched = false;
  document.addEventListener("input", function (event) {
    if (event.target.closest("form[data-keep]")) { touched = true; }
  });
  document.addEventListener("submit", function () { touched = false; });
  window.addEventListener("beforeunload", function (event) {
    if (touched) { event.preventDefault(); }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print]");
    if (button) { window.print(); }
  });

  /* Chips and lists that send their form as soon as they change. */
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-auto]");
    if (form) { form.requestSubmit(); }
  });
})();
