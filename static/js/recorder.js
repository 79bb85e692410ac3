/* The recorder's screen: keeps what is typed, answers the keys, runs the clocks.

   Every button is a form that works without this file. Notes go three ways: at once into
   this machine's storage, after a pause into a draft on the server, and into the record
   when the writer leaves the field or the topic. */
(function () {
  "use strict";

  var screen = document.getElementById("rc");
  if (!screen) { return; }
  var reader = screen.getAttribute("data-reader");
  var saved = document.getElementById("rc-saved");
  screen.classList.add("fy-rc--live");
  var PAUSE = 2500;
  var timer = null;
  var saving = null;

  function one(selector) { return document.querySelector(selector); }
  function notes() { return document.getElementById("rc-notes"); }
  function field() { return document.getElementById("rc-text"); }
  function isDirty() { var text = field(); return !!text && text.hasAttribute("data-dirty"); }

  /* -- what is kept on this machine ------------------------------------------------ */
  function key() { return "record:" + reader + ":" + notes().getAttribute("data-key"); }
  function keep() {
    try { localStorage.setItem(key(), field().value); } catch (full) { show("failed"); }
  }
  function forget() {
    try { localStorage.removeItem(key()); } catch (refused) { return; }
  }
  function kept() {
    try { return localStorage.getItem(key()); } catch (refused) { return null; }
  }

  /* -- what the bar says ------------------------------------------------------------ */
  var ICONS = {
    saved: "cloud-check", saving: "cloud-arrow-up", typing: "pencil", offline: "hdd",
    "signed-out": "hdd", conflict: "people-fill", failed: "exclamation-octagon-fill"
  };
  function show(state, time) {
    saved.querySelector("i").className = "bi bi-" + ICONS[state];
    saved.querySelector("span").textContent = saved.getAttribute("data-" + state);
    saved.querySelector("[data-time]").textContent = time ? " " + time : "";
    saved.setAttribute("data-state", state);
  }

  /* -- notes ------------------------------------------------------------------------ */
  function post(url, leaving) {
    return fetch(url, {
      method: "POST",
      body: new URLSearchParams(new FormData(notes())),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      keepalive: !!leaving
    });
  }

  function unsaved(response) {
    show(response.type === "opaqueredirect" || response.status === 403 ? "signed-out" : "failed");
    return false;
  }

  /* The field is as high as its text, up to a screenful. */
  function grow() {
    var text = field();
    while (text.scrollHeight > text.clientHeight && text.rows < 20) { text.rows += 1; }
  }

  function typed() {
    grow();
    field().setAttribute("data-dirty", "");
    keep();
    show("typing");
    clearTimeout(timer);
    timer = setTimeout(saveDraft, PAUSE);
  }

  function saveDraft() {
    var form = notes();
    if (!form || !isDirty()) { return; }
    show("saving");
    post(form.getAttribute("data-draft")).then(function (response) {
      if (!response.ok) { return unsaved(response); }
      return response.json().then(function (answer) { show("saved", answer.at); });
    }, function () { show("offline"); });
  }

  /* Into the record; true once it is there. A conflict brings both texts on the screen. */
  function save(leaving) {
    var form = notes();
    if (!form || !isDirty()) { return Promise.resolve(true); }
    if (saving) { return saving; }
    var sent = field().value;
    clearTimeout(timer);
    show("saving");
    saving = post(form.action, leaving).then(function (response) {
      if (response.status === 409) { return conflict(response); }
      if (!response.ok) { return unsaved(response); }
      return response.json().then(function (answer) { return recorded(form, sent, answer); });
    }, function () { show("offline"); return false; });
    return saving.then(function (done) { saving = null; return done; });
  }

  function recorded(form, sent, answer) {
    form.elements.seen.value = answer.seen;
    if (field() && field().value === sent) {
      field().removeAttribute("data-dirty");
      forget();
      show("saved", answer.at);
    } else {
      typed();
    }
    var offered = document.getElementById("rc-draft");
    if (offered) { offered.remove(); }
    return true;
  }

  function conflict(response) {
    return response.text().then(function (page) {
      var read = new DOMParser().parseFromString(page, "text/html").getElementById("rc-now");
      if (!read) { return unsaved(response); }
      document.getElementById("rc-now").replaceWith(read);
      window.htmx.process(read);
      show("conflict");
      ready();
      field().focus();
      return false;
    });
  }

  /* Notes of a session that was lost: offered again, never put in unasked. */
  function offerKept() {
    var form = notes();
    var text = form && kept();
    var draft = one("#rc-draft textarea");
    if (!text || text === field().value || isDirty() || (draft && draft.value === text)) { return; }
    var offer = document.getElementById("rc-kept").content.cloneNode(true);
    offer.querySelector("[data-text]").textContent = text;
    var banner = offer.firstElementChild;
    banner.addEventListener("click", function (event) {
      if (event.target.closest("[data-restore]")) { field().value = text; typed(); save(); }
      else if (event.target.closest("[data-forget]")) { forget(); }
      else { return; }
      banner.remove();
    });
    form.after(banner);
  }

  /* -- clocks ----------------------------------------------------------------------- */
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function clockText(seconds) {
    return two(Math.floor(seconds / 3600)) + ":" + two(Math.floor(seconds / 60) % 60) + ":" +
      two(seconds % 60);
  }
  function startClocks() {
    document.querySelectorAll("[data-clock]").forEach(function (clock) {
      if (!clock.since) { clock.since = Date.now() - Number(clock.getAttribute("data-clock")) * 1000; }
    });
  }
  setInterval(function () {
    document.querySelectorAll("[data-clock]:not([data-still])").forEach(function (clock) {
      clock.textContent = clockText(Math.floor((Date.now() - clock.since) / 1000));
    });
  }, 1000);

  /* -- units by name or initials ------------------------------------------------------ */
  function picker(input) {
    var list = document.createElement("ul");
    var asked = 0;
    var timing = null;
    list.className = "fy-rc__pick";
    list.id = input.id + "_list";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() { list.hidden = true; input.setAttribute("aria-expanded", "false"); }
    function last() { return input.value.split(/[、,，]/).pop().trim(); }
    function take(name) {
      var before = input.name === "support" ? input.value.split(/[、,，]/).slice(0, -1) : [];
      input.value = before.map(function (part) { return part.trim(); }).concat(name).join("、");
      close();
    }
    function fill(units) {
      list.textContent = "";
      units.forEach(function (unit, place) {
        var item = document.createElement("li");
        item.setAttribute("role", "option");
        item.id = list.id + "_" + place;
        item.setAttribute("data-name", unit.short_name || unit.name);
        item.textContent = unit.name;
        list.append(item);
      });
      mark(0);
      list.hidden = !units.length;
      input.setAttribute("aria-expanded", String(!!units.length));
    }
    function mark(place) {
      Array.prototype.forEach.call(list.children, function (item, n) {
        item.setAttribute("aria-selected", String(n === place));
        if (n === place) { input.setAttribute("aria-activedescendant", item.id); }
      });
    }
    function marked() { return list.querySelector("[aria-selected=true]"); }
    function ask() {
      var words = last();
      var turn = (asked += 1);
      if (!words) { close(); return; }
      fetch(screen.getAttribute("data-units") + "?q=" + encodeURIComponent(words), {
        credentials: "same-origin", headers: { Accept: "application/json" }
      }).then(function (response) { return response.ok ? response.json() : { results: [] }; })
        .then(function (found) { if (turn === asked) { fill(found.results); } }, close);
    }
    input.addEventListener("input", function () { clearTimeout(timing); timing = setTimeout(ask, 150); });
    input.addEventListener("blur", function () { setTimeout(close, 150); });
    list.addEventListener("mousedown", function (event) {
      var item = event.target.closest("li");
      if (item) { event.preventDefault(); take(item.getAttribute("data-name")); }
    });
    input.addEventListener("keydown", function (event) {
      if (list.hidden) { return; }
      var items = Array.prototype.slice.call(list.children);
      var place = items.indexOf(marked());
      if (event.key === "ArrowDown") { mark((place + 1) % items.length); }
      else if (event.key === "ArrowUp") { mark((place + items.length - 1) % items.length); }
      else if (event.key === "Enter" && !event.ctrlKey) { take(marked().getAttribute("data-name")); }
      else if (event.key === "Escape") { close(); }
      else { return; }
      event.preventDefault();
      event.stopPropagation();
    });
  }

  function dueDay() {
    var when = one("#rc-new [name=when]");
    var day = one("#rc-new [data-day]");
    if (when && day) { day.hidden = when.value !== "day"; }
  }

  /* -- after every change of the page --------------------------------------------------- */
  function ready() {
    startClocks();
    dueDay();
    document.querySelectorAll("[data-unit]:not([role])").forEach(picker);
    var text = field();
    if (text && !text.heard) {
      text.heard = true;
      grow();
      text.addEventListener("input", typed);
      text.addEventListener("blur", function () { save(); });
      notes().addEventListener("submit", function (event) { event.preventDefault(); save(); });
      if (text.hasAttribute("data-dirty")) { keep(); }
      offerKept();
    }
  }
  ready();
  document.body.addEventListener("htmx:afterSettle", ready);
  document.addEventListener("change", function (event) {
    if (event.target.name === "when") { dueDay(); }
  });

  /* Whatever takes the notes off the screen waits until they are in the record. */
  document.body.addEventListener("htmx:confirm", function (event) {
    var target = event.detail.target;
    if (!target || target.id !== "rc-now" || !isDirty()) { return; }
    event.preventDefault();
    save().then(function (done) { if (done) { event.detail.issueRequest(true); } });
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-leaves]");
    if (!link || !isDirty()) { return; }
    event.preventDefault();
    save().then(function (done) { if (done) { location.assign(link.href); } });
  });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && isDirty()) { saveDraftLeaving(); }
  });
  function saveDraftLeaving() { post(notes().getAttribute("data-draft"), true).catch(function () { keep(); }); }
  window.addEventListener("online", function () {
    if (document.activeElement === field()) { saveDraft(); } else { save(); }
  });
  window.addEventListener("offline", function () { show("offline"); });

  /* A refusal or a lost line must not empty the part of the page that asked. */
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    var xhr = event.detail.xhr;
    var signIn = xhr.responseURL && event.detail.target.id &&
      xhr.responseText.indexOf('id="' + event.detail.target.id + '"') < 0;
    if (xhr.status === 409 || signIn) {
      event.detail.shouldSwap = false;
      if (signIn && xhr.status !== 409) { show("signed-out"); return; }
      say(xhr.responseText);
    }
  });
  document.body.addEventListener("htmx:sendError", function () { show("offline"); });
  document.body.addEventListener("htmx:responseError", function () { show("failed"); });
  function say(html) {
    var read = new DOMParser().parseFromString(html, "text/html").body;
    document.getElementById("rc-said").replaceChildren.apply(
      document.getElementById("rc-said"), Array.prototype.slice.call(read.childNodes)
    );
  }

  /* -- keys ------------------------------------------------------------------------------ */
  var waiting = "";
  var help = document.getElementById("rc-help");

  function press(element) { if (element) { element.click(); } }
  function focus(element) {
    if (!element) { return; }
    element.focus();
    element.scrollIntoView({ block: "nearest" });
  }
  function attend(letter, substitute) {
    var row = one('[data-letter="' + letter + '"]');
    if (!row) { return; }
    var there = row.querySelector(".fy-tick--ok");
    if (substitute) {
      var name = row.querySelector("[name=substitute_name]");
      if (name.value) { press(row.querySelector("[data-mark=substitute]")); return; }
      row.querySelector("details").open = true;
      focus(name);
      return;
    }
    press(row.querySelector(there ? "[data-mark=unknown]" : "[data-mark=present]"));
  }
  function goOn() {
    var form = document.activeElement && document.activeElement.closest("#rc-new, #rc-att form");
    if (form && form.id === "rc-new") { form.requestSubmit(); return; }
    if (form) { press(form.querySelector("[data-mark=substitute]")); return; }
    save().then(function (done) { if (done) { press(one("#rc-next button")); } });
  }
  function topic(step) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("#rc-topics ol > li"));
    var place = rows.findIndex(function (row) { return row.classList.contains("is-now"); });
    var next = rows[place + step];
    if (next) { press(next.querySelector("a, button")); }
  }
  function writing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
  }
  var KEYS = {
    j: function () { topic(1); },
    k: function () { topic(-1); },
    e: function () { focus(field()); },
    n: function () { focus(one("#rc-new [name=text]")); },
    u: function () { focus(one("#rc-new [name=lead]")); },
    d: function () { focus(one("#rc-new [name=when]")); },
    m: function () { focus(one(".fy-rc__files a")); },
    t: function () { press(one("#rc-timer button")); },
    "?": function () { help.showModal(); }
  };
  function wait(forWhat) {
    waiting = forWhat;
    screen.setAttribute("data-waiting", forWhat);
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || help.open) { return; }
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); goOn(); return; }
    if (event.key === "Escape") {
      wait("");
      if (writing(event.target)) { event.target.blur(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) { return; }
    var letter = event.key.toLowerCase();
    if (event.key === "Shift") { return; }
    if (waiting === "a" && /^[a-z]$/.test(letter)) {
      event.preventDefault();
      attend(letter, event.shiftKey);
    } else if (/^[1-4]$/.test(letter)) {
      event.preventDefault();
      press(one('[data-outcome="' + letter + '"]'));
    } else if (letter === "a" || letter === "o") {
      event.preventDefault();
      wait(letter);
      return;
    } else if (KEYS[letter]) {
      event.preventDefault();
      KEYS[letter]();
    }
    wait("");
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-help]")) { help.showModal(); }
  });
})();
