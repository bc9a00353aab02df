"""One language of the site: its words and formats, and what the rules call things in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tolok.methodology.category import Category, Indicator
from tolok.methodology.rules import Rules
from tolok.publish.catalogue import Words
from tolok.publish.formats import Formats

PLATFORM_NAMES = {
    "instagram": "Instagram", "facebook": "Facebook", "x": "X", "youtube": "YouTube",
    "tiktok": "TikTok", "threads": "Threads", "linkedin": "LinkedIn",
}  # fmt: skip
_LIMIT = re.compile(r"^(-?\d+(?:\.\d+)?)<(-?\d+(?:\.\d+)?)$")
_LACKS = "lacks:"
_NO_ACCOUNT = "no_confirmed_account"
_SHARES = ("few_platforms", "few_indicators")


@dataclass(frozen=True)
class Language:
    """A language of the edition, as pages speak it."""

    code: str
    rules: Rules

    @cached_property
    def formats(self) -> Formats:
        """Its numbers and dates."""
        return Formats(self.code)

    @cached_property
    def words(self) -> Words:
        """Its texts."""
        return Words(self.formats)

    def listed(self, words: Sequence[str]) -> str:
        """Some words as a list in a sentence: a; a and b; a, b and c."""
        if len(words) < 2:
            return "".join(words)
        return self.words("list.and", first=", ".join(words[:-1]), last=words[-1])

    def platform(self, platform: str) -> str:
        """A platform's name; web is a word, the others are names."""
        return PLATFORM_NAMES.get(platform) or self._word("platform", platform)

    def kind(self, kind: str | None) -> str:
        """The word for a kind of post."""
        return self._word("kind", kind or "unknown")

    def role(self, role: str) -> str:
        """The word for an account's role."""
        return self._word("role", role)

    def stratum(self, stratum: str) -> str:
        """A platform, with its kinds of post after a slash; all platforms where it is empty."""
        platform, _, kinds = stratum.partition("/")
        if not platform:
            return self.words("platform.all")
        names = " + ".join(self.kind(kind) for kind in kinds.split("+")) if kinds else ""
        return f"{self.platform(platform)} ({names})" if names else self.platform(platform)

    def count_name(self, count: str) -> str:
        """The word for a count such as reaction_count."""
        return self._word("count", count)

    def category(self, name: str) -> str:
        """A category's label; its name where the rules do not have it."""
        found = {category.name: category for category in self.rules.categories}.get(name)
        return found.label[self.code] if found else name

    def cluster(self, name: str) -> str:
        """A cluster's label; its name where the rules do not have it."""
        found = {cluster.name: cluster for cluster in self.rules.edition.clusters}.get(name)
        return found.label[self.code] if found else name

    def indicator(self, category: Category, indicator: Indicator) -> str:
        """An indicator's label; a whole category's where the indicator is one and has none."""
        return indicator.label[self.code] or self.category(indicator.category or category.name)

    def metric(self, name: str) -> str:
        """A metric's label; its name where the rules do not have it."""
        found = self.rules.metrics.get(name)
        return found.label[self.code] if found else self._word("whole", name)

    def unit(self, unit: str) -> str:
        """The words for a metric's unit; an unknown unit as it stands."""
        return self._word("unit", unit)

    def missing(self, code: str | None) -> str:
        """Why there is no value, in words; an unknown code as it stands."""
        return self._word("missing", code) if code else self.words("missing.no_data")

    def gate(self, category: Category) -> list[str]:
        """What a category asks for beyond the edition's eligibility, a sentence each."""
        needs, gate = [], category.gate
        if gate.min_posts:
            kinds = ", ".join(self.kind(kind) for kind in gate.kinds) or self.words("kind.any")
            needs.append(self.words("gate.posts", n=gate.min_posts, kinds=kinds))
        if gate.min_weeks:
            needs.append(self.words("gate.weeks", n=gate.min_weeks))
        return needs

    def reasons(self, text: str | None) -> list[str]:
        """The reasons of scores.reason in words, in order; what a score lacks is one sentence.

        Without a confirmed account nothing was counted: that alone is the reason, for whatever
        else is lacking follows from it.

        Missing: an unknown code is shown as it stands.
        """
        codes = [code.strip() for code in (text or "").split(";") if code.strip()]
        if _NO_ACCOUNT in codes:
            return [self.reason(_NO_ACCOUNT)]
        lacking = [code.removeprefix(_LACKS) for code in codes if code.startswith(_LACKS)]
        reasons = [self.reason(code) for code in codes if not code.startswith(_LACKS)]
        if lacking:
            what = ", ".join(self._indicator_label(name) for name in lacking)
            reasons.append(self.words("reason.lacks", what=what))
        return reasons

    def reason(self, code: str) -> str:
        """One reason in words: a code, or a code with its facts after a colon."""
        name, _, facts = code.partition(":")
        if f"reason.{name}" not in self.words:
            return code
        limit = _LIMIT.match(facts)
        if limit:
            count, least = (float(number) for number in limit.groups())
            have, need = self._fact(name, count), self._fact(name, least)
            return self.words(f"reason.{name}", n=int(count), have=have, need=need)
        return self.words(f"reason.{name}") if not facts else code

    def _fact(self, name: str, value: float) -> str:
        return self.formats.share(value) if name in _SHARES else self.formats.figure(value)

    def _indicator_label(self, name: str) -> str:
        labels = (
            self.indicator(category, indicator)
            for category in self.rules.categories
            for indicator in category.indicators
            if indicator.name == name
        )
        return next(labels, name)

    def _word(self, group: str, code: str) -> str:
        key = f"{group}.{code}"
        return self.words(key) if key in self.words else code
