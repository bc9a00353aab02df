// On every page: data are loaded when they are asked for, the list of institutions filters as you
// type, a table that is wider than its place says so, and pages print open.
(() => {
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

  // Letters to put in, leave out or change to make one word of the other; `most` + 1 stands for more.
  const edits = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let above = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        row.push(Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
      }
      above = row;
    }
    return above[other.length];
  };
  // Whether a word is one of some others but for a slip: one letter in a word of four letters and
  // more, two in one of eight and more. A beginning is enough, as one types.
  const near = (word, words) => {
    const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    return most > 0 && words.some((one) => edits(word, one, most) <= most || edits(word, one.slice(0, word.length), most) <= most);
  };
  const parted = (text) => text.split(/[^\p{L}\p{N}]+/u);

  // A page opened from disk may load scripts and nothing else, so data come as scripts.
  const home = new URL("./", document.currentScript.src);
  const loading = {};
  const script = (address) => new Promise((done, failed) => {
    const made = document.createElement("script");
    made.src = new URL(address, home);
    made.addEventListener("load", done);
    made.addEventListener("error", failed);
    document.head.append(made);
  });
  const load = (name) => {
    loading[name] = loading[name] || script(`data/${name}.js`).then(() => window.tolok[name]);
    return loading[name];
  };
  window.tolok = Object.assign(window.tolok || {}, { edits, load, near, parted, plain, script });

  const form = document.querySelector("[data-filter]");
  if (form) {
    const box = form.querySelector("input");
    const status = form.querySelector("[data-status]");
    const rows = [...document.querySelectorAll("[data-entry]")];
    const texts = rows.map((row) => plain(row.textContent));
    // A code is read as people copy it: without hyphens, O for 0, I and L for 1.
    const codeOf = (text) => text.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");
    const filter = () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      const code = codeOf(box.value);
      const isCode = (row) => code.length > 3 && (row.dataset.code || "").includes(code);
      const kept = (has) => rows.filter((row, at) => isCode(row) || words.every((word) => has(word, at)));
      let shown = kept((word, at) => texts[at].includes(word));
      if (!shown.length) shown = kept((word, at) => texts[at].includes(word) || near(word, parted(texts[at])));
      const found = shown.length, staying = new Set(shown);
      rows.forEach((row) => { row.hidden = !staying.has(row); });
      document.querySelectorAll("[data-group]").forEach((group) => {
        group.hidden = !group.querySelector("[data-entry]:not([hidden])");
      });
      status.textContent = !found && form.dataset.none || form.dataset.found.replace("0", found.toLocaleString(document.documentElement.lang));
    };
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    box.addEventListener("input", filter);
    box.value = new URLSearchParams(location.search).get("q") || "";
    filter();
  }

  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    target.toggleAttribute("data-wide", target.scrollWidth > target.clientWidth + 1);
  }));
  document.querySelectorAll(".scroll").forEach((part) => sizes.observe(part));

  addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((part) => { part.open = true; });
  });
})();
