/* The editor of rich text: its words in the reader's language, and what Word leaves in a
   paste. Runs before the editor's own modules. */
(function () {
  "use strict";
  var words = {};
  var first = document.querySelector("[data-prose-words]");
  if (first) words = JSON.parse(first.dataset.proseWords);
  window.gettext = window.gettext || function (said) { return words[said] || said; };
  if (!Array.prototype.toSorted) {
    Object.defineProperty(Array.prototype, "toSorted", {
      value: function (by) { return this.slice().sort(by); },
    });
  }

  function name(button, said) {
    button.title = said;
    button.setAttribute("aria-label", said);
  }

  function fromWord(html) {
    return html
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/<(style|script|xml)[\s\S]*?<\/\1>/gi, "")
      .replace(/<o:p>[\s\S]*?<\/o:p>/gi, "")
      .replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, "")
      .replace(/(<\/?)h1(?=[\s>])/gi, "$1h2")
      .replace(/(<\/?)h[56](?=[\s>])/gi, "$1h4");
  }

  function translateAdded(mutations) {
    mutations.forEach(function (one) {
      one.addedNodes.forEach(function (node) {
        if (!node.querySelectorAll) return;
        node.querySelectorAll("dialog option").forEach(function (option) {
          option.value = option.textContent;
          option.textContent = words[option.value] || option.value;
        });
        if (node.classList.contains("prose-menubar")) nameButtons(node);
      });
    });
  }

  /* The levels of headings are counted from 1 here: the page's own title is above them. */
  function nameButtons(menu) {
    menu.querySelectorAll("button[data-name]").forEach(function (button) {
      if (words[button.dataset.name]) name(button, words[button.dataset.name]);
      if (button.dataset.level) button.dataset.level = String(button.dataset.level - 1);
    });
  }

  document.addEventListener("prose-editor:ready", function (event) {
    var editor = event.detail.editor, area = event.detail.textarea;
    var frame = area.closest(".prose-editor");
    var text = editor.view.dom;
    var label = document.querySelector('label[for="' + area.id + '"]');
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    text.setAttribute("aria-label", label ? label.firstChild.textContent.trim() : words.text || "");
    if (area.getAttribute("aria-invalid")) {
      text.setAttribute("aria-invalid", "true");
      frame.classList.add("is-invalid");
    }
    if (label) label.addEventListener("click", function () { editor.commands.focus(); });
    editor.setOptions({ editorProps: { transformPastedHTML: fromWord } });
    new MutationObserver(translateAdded).observe(frame, { childList: true, subtree: true });
    frame.querySelectorAll(".prose-menubar").forEach(nameButtons);
  });
})();
