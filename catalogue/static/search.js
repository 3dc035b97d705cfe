// Suggestions while typing, as a combobox with a list box. Without this script the box is a plain search box.
"use strict";
(() => {
  const WAIT = 150;
  const SHORTEST = 2;

  function enhance(input) {
    const list = document.createElement("ul");
    const told = document.createElement("div");
    list.id = "danh-sach-goi-y";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.label);
    told.className = "visually-hidden";
    told.setAttribute("role", "status");
    input.removeAttribute("list");
    input.type = "text";
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
      ["aria-controls", list.id], ["spellcheck", "false"]]) {
      input.setAttribute(name, value);
    }
    input.after(list, told);

    let active = -1;
    let timer = 0;
    let asking = null;
    let typed = input.value;

    const options = () => [...list.children];

    function activate(place) {
      active = place;
      options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
      if (place < 0) {
        input.removeAttribute("aria-activedescendant");
        input.value = typed;
        return;
      }
      const option = list.children[place];
      input.setAttribute("aria-activedescendant", option.id);
      input.value = option.dataset.text;
      option.scrollIntoView({ block: "nearest" });
    }

    function close() {
      clearTimeout(timer);
      if (asking) asking.abort();
      list.hidden = true;
      list.replaceChildren();
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      told.textContent = "";
    }

    function choose(option) {
      input.value = option.dataset.text;
      close();
      input.form.requestSubmit();
    }

    function made(suggestion, number) {
      const option = document.createElement("li");
      option.id = `goi-y-${number + 1}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = suggestion.text;
      option.append(suggestion.text);
      if (suggestion.means) {
        const means = document.createElement("small");
        means.textContent = suggestion.means;
        option.append(" ", means);
      }
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(option));
      return option;
    }

    function show(suggestions) {
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...suggestions.map(made));
      list.hidden = suggestions.length === 0;
      input.setAttribute("aria-expanded", String(suggestions.length > 0));
      told.textContent = suggestions.length ? input.dataset.some.replace("#", suggestions.length) : input.dataset.none;
    }

    async function ask() {
      if (asking) asking.abort();
      asking = new AbortController();
      const address = new URL(input.dataset.suggestions, location.href);
      address.searchParams.set("q", typed);
      try {
        const answer = await fetch(address, { signal: asking.signal, credentials: "omit" });
        if (answer.ok) show((await answer.json()).suggestions);
      } catch {
        // Typed on meanwhile, or no network: the box still searches.
      }
    }

    input.addEventListener("input", () => {
      typed = input.value;
      clearTimeout(timer);
      if (typed.trim().length < SHORTEST) close();
      else timer = setTimeout(ask, WAIT);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = list.children.length - 1;
      if (event.key === "ArrowDown" && last >= 0) {
        event.preventDefault();
        activate(active === last ? -1 : active + 1);
      } else if (event.key === "ArrowUp" && last >= 0) {
        event.preventDefault();
        activate(active < 0 ? last : active - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        input.value = typed;
        close();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        choose(list.children[active]);
      }
    });
    input.addEventListener("blur", close);
  }

  document.querySelectorAll("input[data-suggestions]").forEach(enhance);
})();
