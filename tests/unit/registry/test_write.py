"""What is written is read back the same, and the same registry gives the same bytes."""

from datetime import date

from tolok.model import Account, Institution, Lineage, Registry
from tolok.registry.read import read_registry
from tolok.registry.write import write_registry

REGISTRY = Registry(
    (
        Institution("a", 'Badan "A", B', "A", "agencies", "", date(2020, 1, 1), None, "=cmd"),
        Institution("b", "Balai\nB", "'-B", "agencies"),
    ),
    (
        Account("instagram:@a", "a", "instagram", "a", valid_to=date(2025, 1, 1)),
        Account("instagram:@-b", "b", "instagram", "-b", past_handles=("b1", "b2"), url="b.id"),
        Account("youtube:UCb", "b", "youtube", "", "UCb", counts=False, counts_reason="+1"),
    ),
    (
        Lineage("", "b", "new", date(2020, 1, 1)),
        Lineage("a", "b", "split", date(2025, 1, 1), "@law"),
    ),
)


def test_registry_is_read_back_as_it_was_written(tmp_path):
    write_registry(REGISTRY, tmp_path / "new" / "registry")
    assert read_registry(tmp_path / "new" / "registry") == REGISTRY


def test_order_of_the_rows_does_not_change_the_bytes(tmp_path):
    shuffled = Registry(
        REGISTRY.institutions[::-1], REGISTRY.accounts[::-1], REGISTRY.lineage[::-1]
    )
    for folder, registry in (("one", REGISTRY), ("other", shuffled)):
        write_registry(registry, tmp_path / folder)
    for name in ("institutions.csv", "accounts.csv", "lineage.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_cells_are_quoted_and_formulas_guarded(tmp_path):
    write_registry(REGISTRY, tmp_path)
    assert (tmp_path / "institutions.csv").read_bytes().decode() == (
        "institution_id,institution,short_name,cluster,kind,valid_from,valid_to,evidence\r\n"
        'a,"Badan ""A"", B",A,agencies,,2020-01-01,,\'=cmd\r\n'
        "b,\"Balai\nB\",''-B,agencies,,,,\r\n"
    )
    assert (tmp_path / "lineage.csv").read_bytes().decode() == (
        "predecessor_id,successor_id,change,effective_on,evidence\r\n"
        ",b,new,2020-01-01,\r\n"
        "a,b,split,2025-01-01,'@law\r\n"
    )


def test_empty_registry_is_headers_only(tmp_path):
    write_registry(Registry((), ()), tmp_path)
    assert read_registry(tmp_path) == Registry((), ())
