"""An import that is killed at any moment and run again leaves what a quiet one does."""

from benchmarks.kill import kills


def test_import_killed_and_run_again_equals_a_clean_one_byte_for_byte(tmp_path):
    stops = list(kills(tmp_path, 8, seed=2, rows=400))
    assert [stop.differences for stop in stops] == [()] * 8
    assert any(stop.was_running for stop in stops)
