// The benchmark for a chosen group, and one account in it. The page's tables say the same without
// this script; the figures are counted here as they are there.
(() => {
  const form = document.querySelector("[data-benchmark]");
  const rows = ((window.tolok || {}).benchmark || []).map(
    ([platform, cluster, band, name, handle, ...values]) => ({ platform, cluster, band, name, handle, values }),
  );
  if (!form || !rows.length) return;
  const say = form.dataset, box = form.elements, INSET = 2.5, FEWEST = 3;
  const summary = form.querySelector("[data-summary]");

  const figure = (value) => {
    const whole = Number.isInteger(value);
    const digits = whole || !value ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
    return value.toLocaleString(say.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  };
  const quantile = (sorted, share) => {
    const at = (sorted.length - 1) * share, low = Math.floor(at);
    return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
  };
  // The place k such that the k-th smallest and the k-th largest value bracket the median.
  const place = (count) => {
    let k = 0, term = 1, below = 1;
    const allowed = 0.025 * 2 ** count;
    while (k < count / 2 && below <= allowed) {
      k += 1;
      term = term * (count - k + 1) / k;
      below += term;
    }
    return k;
  };
  const fill = (text, fields) => text.replace(/%(\w+)%/g, (_, name) => fields[name]);
  const part = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  const draw = (line, values, own) => {
    const lane = line.querySelector("svg"), told = line.querySelector(".value");
    lane.replaceChildren();
    const sorted = [...values].sort((one, other) => one - other);
    if (sorted.length < FEWEST) {
      told.textContent = say.few;
      return;
    }
    const all = (own == null ? sorted : [...sorted, own]).map(Math.log1p);
    const low = Math.min(...all), high = Math.max(...all);
    const at = (value) => (INSET + (100 - 2 * INSET) * (high > low ? (Math.log1p(value) - low) / (high - low) : 0.5)).toFixed(1);
    const [quarter, median, third] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
    lane.append(part("rect", { class: "middle", x: `${at(quarter)}%`, y: 3, width: `${(at(third) - at(quarter)).toFixed(1)}%`, height: 14 }));
    sorted.forEach((value, order) => {
      lane.append(part("circle", { class: "other", cx: `${at(value)}%`, cy: [10, 6, 14, 8, 12][order % 5], r: 3, "fill-opacity": 0.55 }));
    });
    lane.append(part("line", { class: "median", x1: `${at(median)}%`, x2: `${at(median)}%`, y1: 0, y2: 20 }));
    if (own != null) lane.append(part("circle", { class: "own", cx: `${at(own)}%`, cy: 10, r: 6.5 }));
    const k = place(sorted.length);
    const range = k ? ` (${figure(sorted[k - 1])}–${figure(sorted[sorted.length - k])})` : "";
    told.textContent = `${say.median} ${figure(median)}${range}`;
    if (own != null) {
      const lower = sorted.filter((value) => value < own).length;
      told.append(document.createElement("br"), fill(say.found, { value: figure(own), lower: figure(lower), n: figure(sorted.length) }));
    }
  };

  // The name in an address that was pasted; what is none stays as it is.
  const nameIn = (text) => text.replace(/^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+\/(@?[^/?#]+).*$/i, "$1");

  const show = () => {
    const platform = box.platform.value, cluster = box.cluster.value, band = box.band.value;
    const group = rows.filter((row) => row.platform === platform
      && (!cluster || row.cluster === cluster) && (!band || row.band === band));
    const asked = nameIn(box.handle.value.trim()).replace(/^@/, "").toLowerCase();
    const own = asked ? rows.find((row) => row.platform === platform && row.handle === asked) : null;
    const count = fill(say.count, { n: figure(group.length) });
    const who = own ? fill(say.finding, { name: own.name }) : asked ? fill(say.unknown, { handle: asked }) : "";
    summary.textContent = [who, count].filter(Boolean).join(" ");
    form.querySelectorAll("[data-measure]").forEach((line) => {
      const at = Number(line.dataset.measure);
      draw(line, group.map((row) => row.values[at]).filter((value) => value != null), own ? own.values[at] : null);
    });
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  show();
})();
