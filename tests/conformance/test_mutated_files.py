"""Every mutation of every sample once: no crash, no hang, and what is sound comes in unchanged.

`make fuzz` makes ten thousand files a format of them.
"""

import pytest
from fuzz.harness import MUTATIONS_OF_A_TABLE, run
from fuzz.samples import samples

from tolok.sources.brought import Brought
from tolok.sources.formats import formats
from tolok.sources.plain import plain
from tolok.sources.recognise import find_format

SAMPLES = list(samples())


def test_every_format_that_gives_rows_has_a_sample(tmp_path):
    sampled = set()
    for sample in SAMPLES:
        (tmp_path / "file").write_bytes(sample.content)
        found = plain(tmp_path / "file", sample.name, tmp_path / "unpacked")
        sampled.add(find_format(Brought(found.path, found.name)).name)
    assert sampled == {name for name, known in formats().items() if not known.holds_nothing}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.module}-{sample.name}")
def test_mutated_file_is_read_right_or_refused(tmp_path, sample):
    (tmp_path / "work").mkdir()
    outcome = run(sample, MUTATIONS_OF_A_TABLE, 7, tmp_path / "work")
    assert outcome.faults == []
    assert outcome.files == MUTATIONS_OF_A_TABLE
