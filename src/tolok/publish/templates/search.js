// The search box of every page: institutions by name or short name, as a list that the keyboard
// walks, a slip of the finger forgiven. Without this script the form leads to the list of institutions, which filters itself.
(() => {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const { load, near, parted, plain } = window.tolok;
  const box = form.querySelector("input"), told = form.querySelector("[data-status]");
  const language = document.documentElement.lang, MOST = 8;
  let rows = [], options = [], active = -1;

  const list = document.createElement("ul");
  Object.assign(list, { id: "search-list", className: "combo", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.list);
  box.parentElement.append(list);
  Object.entries({ role: "combobox", "aria-controls": list.id, "aria-expanded": "false", "aria-autocomplete": "list" })
    .forEach(([name, value]) => box.setAttribute(name, value));

  const read = () => load("institutions").then((data) => {
    rows = data.rows.map(([name, short, cluster, path]) => ({ name, short, cluster: data.clusters[cluster][language], path, text: plain(`${name} ${short}`), key: plain(short || name) }))
      .map((row) => ({ ...row, words: parted(row.text) }));
  });
  const place = (row, asked) => {
    if (row.key === asked) return 0;
    if (row.key.startsWith(asked) || row.text.startsWith(asked)) return 1;
    return ` ${row.text}`.includes(` ${asked}`) ? 2 : 3;
  };
  const matches = (asked) => {
    const words = asked.split(/\s+/).filter(Boolean);
    const holding = words.length ? rows.filter((row) => words.every((word) => row.text.includes(word))) : [];
    const found = words.length && !holding.length ? rows.filter((row) => words.every((word) => row.text.includes(word) || near(word, row.words))) : holding;
    return found.map((row, at) => [place(row, asked), at, row])
      .sort(([one, at], [other, after]) => one - other || at - after).map(([, , row]) => row);
  };

  const mark = (at) => {
    options.forEach((option, order) => option.setAttribute("aria-selected", String(order === at)));
    active = at;
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }
  };
  const close = () => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const go = (row) => { location.href = form.dataset.root + row.path; };
  const optionOf = (row, at) => {
    const option = document.createElement("li"), cluster = document.createElement("small");
    option.id = `search-${at}`;
    option.setAttribute("role", "option");
    cluster.textContent = row.cluster;
    option.append(row.name, " ", cluster);
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => go(row));
    option.row = row;
    return option;
  };
  const show = () => {
    const asked = plain(box.value.trim());
    const found = matches(asked);
    options = found.slice(0, MOST).map(optionOf);
    list.replaceChildren(...options);
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = asked && rows.length ? form.dataset.found.replace("0", found.length.toLocaleString(language)) : "";
    mark(-1);
  };

  box.addEventListener("focus", () => read().then(show), { once: true });
  box.addEventListener("input", show);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) show();
      if (options.length) mark((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === "Enter" && (active >= 0 || options.length === 1)) {
      event.preventDefault();
      go(options[Math.max(active, 0)].row);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) box.value = "";
      close();
    }
  });
})();
