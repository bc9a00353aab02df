// The verify box: an address or a name in, what the directory knows of it out. Only the very account
// that the directory holds is called official; what is merely alike is named as alike.
(() => {
  const form = document.querySelector("[data-verify]");
  if (!form) return;
  const say = form.dataset, box = form.querySelector("input"), result = form.querySelector("[data-result]");
  const NAMES = { instagram: "Instagram", facebook: "Facebook", x: "X", youtube: "YouTube", tiktok: "TikTok", threads: "Threads", linkedin: "LinkedIn", web: say.web };
  const RANK = { official: 0, past: 1, unconfirmed: 2 };
  const SHORT = 6, LONG = 10, { edits } = window.tolok;

  // Letters that look alike in a usual typeface, Cyrillic ones among them; as in registry/lookalike.py.
  const ALIKE = { 0: "o", 1: "i", l: "i", 5: "s", "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0445": "x", "\u0443": "y", "\u0456": "i" };
  const skeleton = (name) => name.toLowerCase().replace(/[._-]/g, "")
    .replace(/[01l5\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456]/g, (letter) => ALIKE[letter])
    .replaceAll("rn", "m").replaceAll("vv", "w");
  // What impostors hang on the name that they borrow, in Indonesian and English.
  const HUNG = ["official", "resmi", "asli", "real", "the", "akun", "info", "admin", "cs", "care", "help", "helpdesk", "layanan", "pengaduan", "bantuan", "hadiah", "giveaway", "promo", "pusat", "center", "id", "indonesia", "ri"].map(skeleton);
  const isHung = (rest) => !rest || HUNG.some((word) => rest.startsWith(word) && isHung(rest.slice(word.length)));
  // Whether a name is a known one with such words before or behind it.
  const borrows = (asked, known) => {
    const [one, other] = [skeleton(asked), skeleton(known)];
    const at = other.length < 3 ? -1 : one.indexOf(other);
    return at >= 0 && isHung(one.slice(0, at)) && isHung(one.slice(at + other.length));
  };
  // How far a name is from a known one: 0 where both look the same, null where they are not alike.
  const distance = (asked, known, onWeb) => {
    if (onWeb) return away(asked, known);
    const [one, other] = [skeleton(asked), skeleton(known)];
    if (one === other) return 0;
    const longest = Math.max(asked.length, known.length);
    const most = longest >= LONG ? 2 : longest >= SHORT ? 1 : 0;
    const apart = most ? edits(one, other, most) : 1;
    if (apart <= most) return apart;
    return borrows(asked, known) ? LONG : null;
  };
  // The same of hosts, by the part that is a body's own: another ending is as near as a like letter.
  const away = (asked, known) => {
    const [one, other] = [asked, known].map(window.tolok.ownPart);
    if (one.domain === other.domain) return null;
    return `${asked}.`.includes(`${known}.`) ? 0 : distance(one.name, other.name, false);
  };

  const fill = (text, fields) => text.replace(/%(\w+)%/g, (_, name) => fields[name] ?? "");
  const day = (text) => new Date(`${text}T00:00Z`).toLocaleDateString(say.locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const shown = (row, name = row.names[0]) => (row.platform === "web" ? name : `@${name}`);
  const link = (text, address, isOurs) => {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    if (!isOurs) made.rel = "noopener noreferrer nofollow";
    return made;
  };
  const line = (...parts) => {
    const made = document.createElement("p");
    made.append(...parts);
    return made;
  };
  const facts = (row) => {
    const parts = [link(row.institution, say.root + row.path, true)];
    if (row.evidenceAt) parts.push(" · ", link(say.evidence, row.evidenceAt));
    else if (row.evidence) parts.push(` · ${row.evidence}`);
    if (row.checked) parts.push(` · ${fill(say.checked, { day: day(row.checked) })}`);
    if (row.url) parts.push(" · ", link(say.open, row.url));
    return line(...parts);
  };
  const tell = (...lines) => {
    result.replaceChildren(...lines);
    result.hidden = false;
  };
  const headed = (state, text) => {
    const made = document.createElement("strong");
    made.textContent = text;
    made.className = `is-${state}`;
    return line(made);
  };

  const best = (rows) => [...rows].sort((one, other) => RANK[one.state] - RANK[other.state])[0];
  const known = (row) => {
    const fields = { platform: NAMES[row.platform], name: shown(row), institution: row.institution, day: row.until ? day(row.until) : "" };
    const words = row.platform === "web" && row.state === "official" ? say.site : say[row.state];
    return [headed(row.state, fill(words, fields)), facts(row)];
  };

  // What is alike to a name that the directory does not hold: the same name elsewhere first.
  const likeness = (asked, platform, rows) => {
    const official = rows.filter((row) => row.state === "official");
    const same = official.filter((row) => row.platform !== platform && row.platform !== "web" && row.names.includes(asked));
    if (same.length) return [fill(say.elsewhere, { platform: NAMES[same[0].platform], institution: same[0].institution }), same[0]];
    const onWeb = platform === "web";
    const under = onWeb && official.find((row) => row.platform === "web" && row.names.some((name) => asked.endsWith(`.${name}`)));
    if (under) return [fill(say.under, { name: under.names[0], institution: under.institution }), under];
    const alike = official
      .filter((row) => (row.platform === "web") === onWeb)
      .flatMap((row) => row.names.map((name) => ({ row, name, away: distance(asked, name, onWeb) })))
      .filter(({ away }) => away !== null)
      .sort((one, other) => one.away - other.away || (one.row.platform !== platform) - (other.row.platform !== platform));
    if (alike.length) {
      const { row, name } = alike[0];
      return [fill(say.alike, { name: shown(row, name), platform: NAMES[row.platform], institution: row.institution }), row];
    }
    return null;
  };
  const unknown = (asked, platform, rows) => {
    const fields = { platform: platform ? NAMES[platform] : "", name: platform === "web" ? asked : `@${asked}`, n: rows.filter((row) => row.state !== "past").length.toLocaleString(say.locale) };
    const found = likeness(asked, platform, rows);
    const head = headed(found ? "alike" : "unknown", fill(platform ? say.unknown : say.nowhere, fields));
    if (!found) return tell(head, line(fill(say.meaning, fields)));
    return tell(head, line(found[0]), facts(found[1]));
  };

  const answer = (text, rows) => {
    const isName = /^@?[^\s/:@\\]+$/.test(text) && (text.startsWith("@") || !text.includes("."));
    const asName = text.replace(/^@/, "").toLowerCase();
    const spelled = rows.filter((row) => row.platform !== "web" && [asName, text].some((name) => row.names.includes(name)));
    const isHandle = isName || (spelled.length && !/[/:]/.test(text));
    if (isHandle) {
      if (!spelled.length) return unknown(asName, "", rows);
      const platforms = [...new Set(spelled.map((row) => row.platform))];
      const each = platforms.map((platform) => best(spelled.filter((row) => row.platform === platform)));
      return tell(...each.flatMap(known), line(say.others));
    }
    const named = window.tolok.named(text);
    if (!named) return tell(headed("unknown", say.unreadable));
    const guess = named.first.replace(/^@/, "").toLowerCase();
    if (!named.handle && guess && likeness(guess, named.platform, rows)) return unknown(guess, named.platform, rows);
    if (!named.handle) return tell(headed("unknown", fill(say.nameless, { platform: NAMES[named.platform] })));
    const found = rows.filter((row) => row.platform === named.platform && row.names.includes(named.handle));
    const copied = !found.length && named.platform === "web" && window.tolok.imitated(named.host);
    if (copied) return tell(headed("alike", fill(say.copied, { platform: NAMES[copied] })));
    // What is written like a host may be a name with dots: it is, where it ends like no host, or where
    // it is like an official name.
    const mayBeName = named.platform === "web" && !/[/:]/.test(text) && !likeness(named.handle, "web", rows);
    const endsAsHost = /\.(?:\w\w|biz|com|edu|example|gov|info|net|org)$/.test(named.handle);
    if (!found.length && mayBeName && (!endsAsHost || likeness(asName, "", rows))) return unknown(asName, "", rows);
    if (!found.length) return unknown(named.handle, named.platform, rows);
    const row = best(found);
    if (!named.isPost || row.state !== "official") return tell(...known(row));
    const fields = { platform: NAMES[row.platform], name: shown(row), institution: row.institution };
    return tell(headed("unconfirmed", fill(say.post, fields)), facts(row));
  };

  const columns = ([platform, names, institution, path, state, evidence, evidenceAt, checked, url, until]) => ({
    platform, names, institution, path, state, evidence, evidenceAt, checked, url, until,
  });
  const ask = async () => {
    const text = box.value.trim();
    if (!text) return;
    const rows = (await window.tolok.load("channels")).map(columns);
    answer(text, rows);
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  box.addEventListener("input", () => { result.hidden = true; });
  box.addEventListener("focus", () => window.tolok.load("channels"), { once: true });
  Object.assign(window.tolok, { distance, skeleton });
})();
