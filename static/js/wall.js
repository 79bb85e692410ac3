/* 大屏: every minute the page is read anew and its content replaced. While the network is away
   the last figures stay, with the time at which they were counted; a screen that was revoked
   gets the page that says so. A new version of the portal's files is loaded whole. */
(function () {
  "use strict";
  var EVERY = 60000, PATIENCE = 30000;
  function here() { return document.querySelector("[data-wall]"); }
  function files(page) {
    return Array.from(page.querySelectorAll("script[src], link[rel=stylesheet]"), function (one) { return one.getAttribute("src") || one.getAttribute("href"); }).join(" ");
  }
  function lost() {
    var said = document.querySelector("[data-lost]");
    if (said) { said.hidden = false; }
  }
  function show(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var next = page.querySelector("[data-wall]");
    if (!next) { throw new Error("not the wall"); }
    if (files(page) !== files(document) && next.dataset.wall === "on") { window.location.reload(); return; }
    document.dispatchEvent(new Event("fy:clear"));
    here().replaceWith(document.adoptNode(next));
    document.body.className = page.body.className;
    document.title = page.title;
    document.dispatchEvent(new Event("fy:draw"));
  }
  function again() {
    if (here().dataset.wall !== "on") { return; }
    var stop = new AbortController();
    var timer = window.setTimeout(function () { stop.abort(); }, PATIENCE);
    fetch(window.location.pathname, { cache: "no-store", credentials: "same-origin", signal: stop.signal }).then(function (answer) {
      if (answer.status !== 200 && answer.status !== 403) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(show).catch(lost).finally(function () {
      window.clearTimeout(timer);
      window.setTimeout(again, EVERY);
    });
  }
  if (here()) { window.setTimeout(again, EVERY); }
})();
