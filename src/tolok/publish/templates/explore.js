// A chart that is explored: at a button's push the picture gives way to the same chart by Vega-Lite,
// which names what is pointed at and can be moved and enlarged. Every chart's table can be taken
// away as CSV, and the picture as SVG.
(() => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const config = () => ({
    background: null,
    text: { color: colour("ink") },
    axis: { labelColor: colour("muted"), titleColor: colour("ink"), gridColor: colour("line"), domainColor: colour("line"), tickColor: colour("line") },
    view: { stroke: null },
  });
  // Expressions are interpreted, not compiled, and no style sheet is put in: the page allows neither.
  const options = ({ locale, root }) => ({
    actions: false, ast: true, defaultStyle: false, renderer: "svg", mode: "vega-lite", config: config(),
    formatLocale: locale, tooltip: { disableDefaultStyle: true }, loader: { baseURL: root, target: "_self" },
  });

  document.querySelectorAll("[data-explore]").forEach((button) => {
    const holder = document.getElementById(button.getAttribute("aria-controls"));
    const picture = holder.querySelector("svg"), note = button.parentElement.querySelector("[data-note]");
    let drawn = null;
    const draw = async () => {
      const { load, script } = window.tolok;
      const [{ spec, locale }] = await Promise.all([load(button.dataset.explore), window.tolok.vegaEmbed || script("vega.js")]);
      const place = document.createElement("div");
      place.className = "exploring";
      holder.append(place);
      await window.tolok.vegaEmbed(place, spec, options({ locale, root: button.dataset.root }));
      // Vega calls its groups of marks symbols without a name; who cannot see them has the table.
      place.querySelectorAll("[role], [aria-roledescription]").forEach((one) => {
        one.removeAttribute("role");
        one.removeAttribute("aria-roledescription");
      });
      return place;
    };
    const show = (isExploring) => {
      picture.toggleAttribute("hidden", isExploring);
      if (drawn) drawn.hidden = !isExploring;
      if (note) note.hidden = !isExploring;
      button.setAttribute("aria-pressed", String(isExploring));
    };
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-pressed") === "true") return show(false);
      button.disabled = true;
      try {
        drawn = drawn || await draw();
        show(true);
      } finally {
        button.disabled = false;
        button.focus();
      }
      return undefined;
    });
    button.hidden = false;
  });

  const save = (name, type, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const cell = (text) => {
    const plain = text.replace(/\s+/g, " ").trim(), safe = /^[=+@\t\r]/.test(plain) ? `'${plain}` : plain;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  // A cell that spans columns stands in the first; rows of two lines of heads stay two lines.
  const csv = (table) => [...table.rows].map((row) => [...row.cells]
    .flatMap((one) => [cell(one.textContent), ...Array(one.colSpan - 1).fill("")]).join(",")).join("\n");
  const picked = (svg) => {
    const copy = svg.cloneNode(true);
    copy.removeAttribute("hidden");
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.querySelectorAll("a").forEach((link) => link.removeAttribute("href"));
    return new XMLSerializer().serializeToString(copy);
  };
  const tool = (label, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "tool";
    made.textContent = label;
    made.addEventListener("click", action);
    return made;
  };
  document.querySelectorAll("figure.chart").forEach((figure) => {
    const name = figure.getAttribute("aria-labelledby");
    const table = figure.querySelector(".figures table"), svg = figure.querySelector(".explored > svg");
    const tools = document.createElement("p");
    tools.className = "tools";
    if (table) tools.append(tool("CSV", () => save(`${name}.csv`, "text/csv", `\ufeff${csv(table)}\n`)));
    if (svg) tools.append(tool("SVG", () => save(`${name}.svg`, "image/svg+xml", picked(svg))));
    if (tools.children.length) figure.querySelector(".source").before(tools);
  });

  document.querySelectorAll("[data-embed]").forEach((box) => {
    box.value = box.value.replaceAll("%base%", new URL(box.dataset.embed, location.href).href);
    box.addEventListener("focus", () => box.select());
    box.closest("[data-embedding]").hidden = false;
  });
})();
