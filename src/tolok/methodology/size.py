"""Size bands: institutions of a cluster by the number of their followers, between stated cuts."""

from dataclasses import dataclass
from itertools import pairwise

from tolok.methodology.document import Section


@dataclass(frozen=True)
class SizeBands:
    """The cuts between size bands; a band is half-open, [cut, next cut).

    Units: followers of all accounts of an institution that count. Without cuts all are in one band.
    """

    cuts: tuple[int, ...] = (10_000, 100_000, 1_000_000)

    @property
    def codes(self) -> tuple[str, ...]:
        """The name of each band, smallest first: its first number and the first beyond it.

        >>> SizeBands((100, 5000)).codes
        ('0-100', '100-5000', '5000-')
        """
        edges = ("0", *(str(cut) for cut in self.cuts), "")
        return tuple(f"{low}-{high}" for low, high in pairwise(edges))


def read_size_bands(section: Section) -> SizeBands:
    """The size bands of an edition; the usual ones where it does not name any."""
    bands = SizeBands(section.integers("cuts", SizeBands().cuts, low=1))
    section.close()
    if any(low >= high for low, high in pairwise(bands.cuts)):
        section.fault("cuts", "do not rise.", "Write each larger than the one before.")
    return bands
