/* Units by name or initials: what was typed last is looked up; works without this file too. */
(function () {
  "use strict";
  var PARTS = /[、,，;；]/;

  function picker(input) {
    var box = document.createElement("div");
    var list = document.createElement("ul");
    var asked = 0;
    var timing = null;
    box.className = "fy-pickbox";
    input.before(box);
    box.append(input, list);
    list.className = "fy-rc__pick";
    list.id = input.id + "_list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", (document.querySelector('label[for="' + input.id + '"]') || input).textContent);
    list.hidden = true;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function parts() { return input.value.split(PARTS); }
    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function take(name) {
      var before = parts().slice(0, -1).map(function (part) { return part.trim(); });
      input.value = before.concat(name).join("、");
      input.dispatchEvent(new Event("input", { bubbles: true }));
      asked += 1;
      clearTimeout(timing);
      close();
    }
    function mark(place) {
      Array.prototype.forEach.call(list.children, function (item, n) {
        item.setAttribute("aria-selected", String(n === place));
        if (n === place) {
          input.setAttribute("aria-activedescendant", item.id);
          item.scrollIntoView({ block: "nearest" });
        }
      });
    }
    function fill(units) {
      list.textContent = "";
      units.forEach(function (unit, place) {
        var item = document.createElement("li");
        item.setAttribute("role", "option");
        item.id = list.id + "_" + place;
        item.dataset.name = unit.short_name || unit.name;
        item.textContent = unit.name;
        list.append(item);
      });
      list.hidden = !units.length;
      input.setAttribute("aria-expanded", String(!!units.length));
      if (units.length) { mark(0); } else { close(); }
    }
    function ask() {
      var words = parts().pop().trim();
      var turn = (asked += 1);
      if (!words) { close(); return; }
      fetch(input.dataset.units + "?q=" + encodeURIComponent(words), {
        credentials: "same-origin", headers: { Accept: "application/json" }
      }).then(function (response) { return response.ok ? response.json() : { results: [] }; })
        .then(function (found) { if (turn === asked) { fill(found.results); } }, close);
    }
    input.addEventListener("input", function () { clearTimeout(timing); timing = setTimeout(ask, 150); });
    input.addEventListener("blur", function () { setTimeout(close, 150); });
    list.addEventListener("mousedown", function (event) {
      var item = event.target.closest("li");
      if (item) { event.preventDefault(); take(item.dataset.name); }
    });
    input.addEventListener("keydown", function (event) {
      var items = Array.prototype.slice.call(list.children);
      var place = items.indexOf(list.querySelector("[aria-selected=true]"));
      if (list.hidden || event.isComposing) { return; }
      if (event.key === "ArrowDown") { mark((place + 1) % items.length); }
      else if (event.key === "ArrowUp") { mark((place + items.length - 1) % items.length); }
      else if (event.key === "Enter" && !event.ctrlKey) { take(items[place].dataset.name); }
      else if (event.key === "Escape") { close(); }
      else { return; }
      event.preventDefault();
    });
  }

  document.querySelectorAll("input[data-units]").forEach(picker);
})();
