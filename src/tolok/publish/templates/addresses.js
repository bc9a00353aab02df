// Whose account an address names, by platform: the rules of platforms/*/urls.py, which a test
// compares with these. Nothing is asked of anybody; an address is only taken apart.
(() => {
  const SCHEME = /^(?:https?:)?[/]{2}/i;
  const HOST = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
  const set = (words) => new Set(words.split(" "));

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text.replace(/%[0-9a-f]{2}/gi, "\ufffd");
    }
  };

  const hostOf = (netloc) => {
    const [name, ...port] = netloc.split(":");
    if (port.length > 1 || (port.length && !/^[0-9]*$/.test(port[0])) || Number(port[0] || 0) > 65535) return null;
    const bare = name.toLowerCase().replace(/\.+$/, "");
    try {
      const host = /^[\x00-\x7f]*$/.test(bare) ? bare : new URL(`https://${bare}/`).hostname;
      const fits = HOST.test(host) && host.split(".").every((label) => label.length <= 63);
      return fits && !/^[0-9.]+$/.test(host) ? host : null;
    } catch {
      return null;
    }
  };

  // The parts of a web address, its scheme optional; null where the text is none.
  const split = (given) => {
    const text = given.trim();
    if (!text || /[\s\\\x00-\x1f]/.test(text)) return null;
    const [, netloc, rest] = /^([^/?#]*)(.*)$/.exec(text.replace(SCHEME, ""));
    const host = netloc.includes("@") ? null : hostOf(netloc);
    if (!host) return null;
    const [, before, fragment = ""] = /^([^#]*)(?:#(.*))?$/.exec(rest);
    const [, path, query = ""] = /^([^?]*)(?:\?(.*))?$/.exec(before);
    const way = fragment.startsWith("!/") ? fragment.slice(1).split("?")[0] : path;
    const segments = way.split("/").map((part) => decoded(part).trim()).filter(Boolean);
    const values = {};
    query.split("&").forEach((pair) => {
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)].map((part) => decoded(part.replace(/\+/g, " ")));
      if (at >= 0 && value && !(name in values)) values[name] = value;
    });
    return { host, segments, query: values, segment: (at) => segments[at] || "" };
  };

  const isOn = (host, domains, subdomains) => domains.some((domain) => host === domain
    || (host.endsWith(`.${domain}`) && new RegExp(`^(?:${subdomains})$`).test(host.slice(0, -domain.length - 1))));
  const fold = (name) => name.replace(/^@/, "").toLowerCase();
  const number = (text) => (/^(?:.*-)?([0-9]{5,20})$/.exec(text) || [])[1] || null;
  const fitting = (handle, pattern, reserved) => (pattern.test(handle) && !(reserved && reserved.has(handle)) ? handle : null);
  const behindAt = (address, pattern) => (address.segment(0).startsWith("@") ? fitting(address.segment(0).slice(1).toLowerCase(), pattern) : null);

  const FACEBOOK = set("about ads ajax business dialog events gaming groups hashtag help home.php l.php legal login login.php marketplace media messages notes pages people permalink.php pg photo photo.php photos plugins policies privacy profile.php public reel reels search settings share share.php sharer sharer.php stories story.php tr video video.php videos watch");
  const INSTAGRAM = set("p reel reels tv about accounts api archive challenge developer direct explore graphql legal oauth popular privacy s session share stories terms web highlights");
  const X = set("about account compose download explore hashtag home i intent jobs login logout messages notifications privacy search settings share signup status statuses tos who_to_follow widgets");
  const YOUTUBE = set("shorts live embed v e about account ads attribution_link channel clip creators feed gaming hashtag howyoutubeworks kids music oembed playlist post premium redirect results t watch");

  // By platform: its hosts, the subdomains and hosts on which profiles stand, and how they are named.
  const PLATFORMS = {
    facebook: {
      domains: ["facebook.com", "fb.com", "fb.watch", "fb.me", "m.me"],
      profiles: [["facebook.com", "fb.com"], "www|web|m|mobile|touch|mbasic|[a-z]{2}-[a-z]{2}"],
      handle: (address) => {
        const first = address.segment(0).toLowerCase();
        if (["profile.php", "permalink.php", "story.php"].includes(first)) return number(address.query.id || "");
        if (["pages", "people"].includes(first)) return number(address.segments.at(-1)) || number(address.segment(2));
        const handle = fold(address.segment(["p", "pg"].includes(first) ? 1 : 0));
        const fits = fitting(handle, /^[\p{L}\p{N}_.-]{2,80}$/u, FACEBOOK);
        return fits && fits.includes("-") ? number(fits) : fits;
      },
    },
    instagram: {
      domains: ["instagram.com", "instagr.am"],
      profiles: [["instagram.com", "instagr.am"], "www|m"],
      handle: (address) => fitting(
        fold(address.segment(["stories", "_u"].includes(address.segment(0)) ? 1 : 0)), /^[a-z0-9._]{1,30}$/, INSTAGRAM,
      ),
    },
    linkedin: {
      domains: ["linkedin.com"],
      profiles: [["linkedin.com"], "www|m|[a-z]{2}"],
      handle: (address) => (["company", "school", "showcase", "in"].includes(address.segment(0))
        ? fitting(address.segment(1).toLowerCase(), /^[\p{L}\p{N}_.&'-]{2,120}$/u) : null),
    },
    threads: {
      domains: ["threads.com", "threads.net"],
      profiles: [["threads.com", "threads.net"], "www"],
      handle: (address) => behindAt(address, /^[a-z0-9._]{1,30}$/),
    },
    tiktok: {
      domains: ["tiktok.com"],
      profiles: [["tiktok.com"], "www|m"],
      handle: (address) => behindAt(address, /^[\p{L}\p{N}_.]{1,30}$/u),
    },
    x: {
      domains: ["x.com", "twitter.com"],
      profiles: [["x.com", "twitter.com"], "www|m|mobile"],
      handle: (address) => {
        const first = address.segment(0);
        return fitting(fold(first === "intent" ? address.query.screen_name || "" : first), /^[a-z0-9_]{1,20}$/, X);
      },
    },
    youtube: {
      domains: ["youtube.com", "youtu.be", "youtube-nocookie.com"],
      profiles: [["youtube.com"], "www|m|music"],
      handle: (address) => {
        const first = address.segment(0);
        if (first === "channel") return fitting(address.segment(1), /^UC[A-Za-z0-9_-]+$/);
        const handle = fold(["c", "user"].includes(first) ? address.segment(1) : first);
        return YOUTUBE.has(first) ? null : fitting(handle, /^[\p{L}\p{N}_.·-]{2,60}$/u);
      },
    },
  };

  // The handle that an address names on a platform, or null.
  const handleOn = (platform, text) => {
    const address = split(text);
    if (!address) return null;
    if (platform === "web") return address.host.replace(/^www\./, "");
    const { profiles, handle } = PLATFORMS[platform];
    return isOn(address.host, ...profiles) ? handle(address) : null;
  };

  // Parts of a profile's page that stand behind its name. What else stands there is a post, and some
  // platforms open a post of anybody whatever name its address bears.
  const TABS = set("videos shorts streams playlists community about featured reels tagged photos posts with_replies media likes replies reposts jobs people");
  const SECOND = { facebook: set("p pg"), instagram: set("stories _u"), linkedin: set("company school showcase in"), youtube: set("channel c user") };
  const isPost = (platform, address) => {
    const first = address.segment(0);
    if (platform === "web" || (platform === "facebook" && ["pages", "people"].includes(first))) return false;
    if (["permalink.php", "story.php"].includes(first)) return true;
    const behind = SECOND[platform] && SECOND[platform].has(first) ? 2 : 1;
    return address.segments.slice(behind).some((part) => !TABS.has(part.toLowerCase()));
  };

  // What an address names: its platform, its handle, null where it names no account, and whether it
  // is that of a post.
  const named = (text) => {
    const address = split(text);
    if (!address) return null;
    const whole = (domain) => address.host === domain || address.host.endsWith(`.${domain}`);
    const platform = Object.keys(PLATFORMS).find((name) => PLATFORMS[name].domains.some(whole)) || "web";
    return { platform, host: address.host, first: address.segment(0), handle: handleOn(platform, text), isPost: isPost(platform, address) };
  };

  // The name of a host without what anybody may register it under: kemkes of www.kemkes.go.id.
  const SHARED = set("ac biz co com desa edu go gov mil my net or org ponpes sch web");
  const ownPart = (host) => {
    const labels = host.replace(/^www\./, "").split(".");
    const ending = labels.length > 2 && labels.at(-1).length === 2 && SHARED.has(labels.at(-2)) ? 2 : 1;
    return { name: labels.at(-ending - 1) || "", domain: labels.slice(-ending - 1).join(".") };
  };
  // The platform whose address a host resembles without being it, or null.
  const imitated = (host) => {
    const { name } = ownPart(host), { edits, skeleton } = window.tolok;
    const isLike = (domain) => {
      const known = ownPart(domain).name;
      return known.length > 5 && (`.${host}`.includes(`.${domain}.`) || edits(skeleton(name), skeleton(known), 1) <= 1);
    };
    return Object.keys(PLATFORMS).find((one) => PLATFORMS[one].domains.some(isLike)) || null;
  };

  window.tolok = Object.assign(window.tolok || {}, { handleOn, imitated, named, ownPart });
})();
