"""How much a handle resembles the names and handles of the institutions of a registry.

A resemblance is a hint and no proof: regional offices, units and fan pages carry the names of the
bodies that they write about. Each says in words what is alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from tolok.model import Registry
from tolok.registry.naming import cores, is_noise, keys, letters, squashed

LIKELY, POSSIBLE = 0.85, 0.6
"""Scores from which a resemblance is likely, and possible; below, nobody known resembles it."""

_SAME, _SHARED, _SHORT = 0.97, 0.75, 0.8
_INITIALS = "its initials"
_NEAREST = 20
"""Keys whose letters are compared one by one: those that share most groups of three."""


@dataclass(frozen=True)
class Resemblance:
    """A likeness of a handle to one institution: a score in [0, 1], and what is alike.

    account_id is the account whose handle is alike, or empty where it is a name.
    """

    institution_id: str
    score: float
    evidence: str
    account_id: str = ""


@dataclass(frozen=True)
class _Key:
    """One thing that an institution is called, and where that is from."""

    text: str
    institution_id: str
    what: str
    account_id: str = ""
    is_core: bool = False


class Names:
    """What the institutions of a registry are called, ready to be asked for many handles."""

    def __init__(self, registry: Registry) -> None:
        found = [
            _Key(text, institution.institution_id, f"its {what}")
            for institution in registry.institutions
            for text, what in keys(institution).items()
        ]
        for account in registry.accounts:
            for handle in filter(None, (account.handle, *account.past_handles)):
                what = f"its handle {handle} on {account.platform}"
                owner, account_id = account.institution_id, account.account_id
                found.append(_Key(squashed(handle), owner, what, account_id))
                found += [
                    _Key(core, owner, f"the core of {what}", account_id, is_core=True)
                    for core in cores(handle)
                    if core != squashed(handle) and len(core) > 2 and not is_noise(core)
                ]
        self._keys = list(dict.fromkeys(found))
        self._exact: defaultdict[str, list[_Key]] = defaultdict(list)
        self._parts: defaultdict[str, set[int]] = defaultdict(set)
        for place, key in enumerate(self._keys):
            self._exact[key.text].append(key)
            for part in _threes(key.text):
                self._parts[part].add(place)

    def resembling(self, handle: str) -> list[Resemblance]:
        """The best resemblance of each institution that has one, best first.

        Ties: by institution_id.
        """
        best: dict[str, Resemblance] = {}
        for found in self._all(handle):
            held = best.get(found.institution_id)
            if found.score >= POSSIBLE and (held is None or found.score > held.score):
                best[found.institution_id] = found
        return sorted(best.values(), key=lambda one: (-one.score, one.institution_id))

    def _all(self, handle: str) -> Iterator[Resemblance]:
        if squashed(handle):
            yield from self._same_handle(handle)
        spoken = cores(handle)
        tokens = [word for word in letters(handle) if len(word) >= 3 and not is_noise(word)]
        for core, dropped in spoken.items():
            if not is_noise(core):
                yield from self._equal(core, dropped)
                yield from self._holding(core)
        for token in tokens:
            yield from self._token(token, max(spoken, key=len))
        if spoken:
            yield from self._alike(min(spoken, key=len))

    def _same_handle(self, handle: str) -> Iterator[Resemblance]:
        """Accounts, of any platform, that bear the handle, whatever separators it has."""
        for key in self._exact.get(squashed(handle), []):
            if key.account_id and not key.is_core:
                but = "" if key.account_id.endswith(f":@{handle}") else ", but for separators"
                said = f"it is also {key.what}{but}"
                yield Resemblance(key.institution_id, _SAME, said, key.account_id)

    def _equal(self, core: str, dropped: tuple[str, ...]) -> Iterator[Resemblance]:
        same = self._of(core)
        is_shared = len({key.institution_id for key in same}) > 1
        without = f", without {' and '.join(dropped)}," if dropped else ""
        for key in same:
            score = _SAME - 0.02 * len(dropped)
            if key.what == _INITIALS or len(core) <= 2:
                score = min(score, _SHORT - 0.02 * len(dropped))
            doubt = ""
            if is_shared:
                score, doubt = min(score, _SHARED), ", and that of another body"
            said = f"the handle{without} is {key.what} ({core}){doubt}"
            yield Resemblance(key.institution_id, score, said, key.account_id)

    def _of(self, core: str) -> list[_Key]:
        """The keys that a core equals; initials meet by chance, and give way to a name."""
        same = self._exact.get(core, [])
        return [key for key in same if key.what != _INITIALS] or same

    def _holding(self, core: str) -> Iterator[Resemblance]:
        """Keys that stand at an end of the core, and keys of which the core is the start."""
        for key in self._keys:
            if len(key.text) >= 4 and len(core) > len(key.text):
                at_start = core.startswith(key.text)
                if at_start or core.endswith(key.text):
                    rest = core.removeprefix(key.text) if at_start else core[: -len(key.text)]
                    score = 0.5 + 0.33 * len(key.text) / len(core)
                    if not at_start and key.what.endswith("without its kind"):
                        score = min(score, POSSIBLE)  # behind another word it is often a place
                    said = f"the handle holds {key.what} ({key.text}); {_rest(rest)}"
                    yield Resemblance(key.institution_id, score, said, key.account_id)
            elif len(core) >= 4 and key.text.startswith(core) and key.text != core:
                score = 0.45 + 0.38 * len(core) / len(key.text)
                said = f"the handle ({core}) is the start of {key.what} ({key.text})"
                yield Resemblance(key.institution_id, score, said, key.account_id)

    def _token(self, token: str, whole: str) -> Iterator[Resemblance]:
        for key in self._of(token):
            if token != whole:
                score = 0.6 + 0.2 * len(token) / len(whole)
                rest = whole.replace(token, "", 1)
                said = f"a word of the handle is {key.what} ({token}); {_rest(rest)}"
                yield Resemblance(key.institution_id, score, said, key.account_id)

    def _alike(self, core: str) -> Iterator[Resemblance]:
        shared = Counter(place for part in _threes(core) for place in self._parts.get(part, ()))
        near = sorted(shared, key=lambda place: (-shared[place], place))[:_NEAREST]
        for key in (self._keys[place] for place in near):
            if min(len(core), len(key.text)) < 6 or core == key.text:
                continue
            ratio = SequenceMatcher(None, core, key.text, autojunk=False).ratio()
            if ratio >= 0.75:
                said = f"the handle ({core}) is {ratio:.0%} alike to {key.what} ({key.text})"
                score = 0.85 * ratio - 0.01
                yield Resemblance(key.institution_id, score, said, key.account_id)


def _rest(rest: str) -> str:
    return f"the rest ({rest}) may name an office, a unit or a place"


def _threes(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}
