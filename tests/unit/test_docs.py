"""Documentation cannot fall behind: commands, rooms, metrics, weights, links and examples agree."""

import ast
import csv
import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import jsonschema  # type: ignore[import-untyped]  # it has no stubs
import pytest
from click.testing import CliRunner

from tolok.cli import main
from tolok.jury import rules as permission
from tolok.jury.decision import REASONS
from tolok.jury.ledger import ACTS
from tolok.jury.outcome import STATUSES
from tolok.methodology.document import Document
from tolok.methodology.flags import FLAGS, LEFT_OUT
from tolok.methodology.jury import Panel
from tolok.methodology.metric import read_metrics
from tolok.methodology.rules import Rules, read_rules
from tolok.methodology.template import new_edition, template_names
from tolok.metrics.example import check_examples
from tolok.model import MISSING_REASONS
from tolok.registry.read import (
    ACCOUNT_COLUMNS,
    INSTITUTION_COLUMNS,
    LINEAGE_COLUMNS,
    read_registry,
)
from tolok.sources.formats import formats
from tolok.store.canonical import CANONICAL
from tolok.store.duckdb import DuckDb
from tolok.store.results import AS_CSV, RESULT_TABLES
from tolok.store.schema import BASE_TABLES, STORE_TABLES
from tolok.store.scored import WINNERS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SOURCES = ROOT / "src" / "tolok"
SCHEMAS = sorted((DOCS / "schemas").glob("*.json"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
TEXT = {page.relative_to(ROOT).as_posix(): page.read_text("utf-8") for page in PAGES}
METHODOLOGY = TEXT["METHODOLOGY.md"]
RAW_RATES = TEXT["docs/raw-rates.md"]
TEMPLATES = template_names()

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(params=TEMPLATES)
def template(request, tmp_path) -> tuple[str, Rules]:
    """A shipped template's name and its rules, as an organiser would have them."""
    new_edition(tmp_path / "edition", template=request.param)
    return request.param, read_rules(tmp_path / "edition")


def fences(text, language):
    """The blocks of a language in a page."""
    return [body for name, body in FENCE.findall(text) if name == language]


def prose(text):
    """A page without its blocks, in which brackets are no links."""
    return FENCE.sub("", text)


def anchors(text):
    """The anchors of a page's headings, as a forge makes them."""
    titles = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def section(text, heading):
    """What stands under a heading, up to the next of its level or above."""
    _, _, rest = text.partition(f"\n{heading}\n")
    level = heading.count("#")
    return re.split(rf"^#{{1,{level}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text):
    """The cells of each row of the tables of a text, without headers."""
    lines = [line.strip() for line in text.splitlines()]
    table = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
    is_rule = [set("".join(row)) <= set("-: ") for row in table]
    heads = {place for place, following in enumerate(is_rule[1:]) if following}
    return [row for place, row in enumerate(table) if place not in heads and not is_rule[place]]


def test_rows_of_tables_are_read_without_their_headers():
    text = "| a | b |\n|---|---|\n| 1 | 2 |\n\nwords\n\n| c |\n|:-:|\n| 3 |\n"
    assert rows(text) == [["1", "2"], ["3"]]


def test_anchor_of_a_heading_is_that_of_a_forge():
    assert anchors("# A, b\n\n### 0.1.0\n```text\n# no heading\n```\n") == {"a-b", "010"}


# --- Commands.


def commands(group=main, above=""):
    """The commands by the words that call them, those of a group of commands one by one."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        words = f"{above}{name}"
        is_group = isinstance(command, click.Group)
        found |= commands(command, f"{words} ") if is_group else {words: command}
    return found


@pytest.mark.parametrize(("words", "command"), commands().items())
def test_command_has_help_and_a_section(words, command):
    assert command.help
    assert TEXT["docs/cli.md"].count(f"\n## tolok {words}\n") == 1


def test_page_of_commands_has_no_other_sections():
    found = re.findall(r"^## tolok (.+)$", TEXT["docs/cli.md"], re.MULTILINE)
    assert sorted(found) == sorted(commands())


@pytest.mark.parametrize(("words", "command"), commands().items())
def test_options_of_a_command_are_in_its_section(words, command):
    text = section(TEXT["docs/cli.md"], f"## tolok {words}")
    options = [p.opts[-1] for p in command.params if p.param_type_name == "option"]
    assert [option for option in options if f"`{option}" not in text] == []


def test_options_named_in_a_section_exist():
    for name, command in commands().items():
        known = {opt for parameter in command.params for opt in parameter.opts}
        table = rows(section(TEXT["docs/cli.md"], f"## tolok {name}"))
        named = set(re.findall(r"`(--[a-z-]+)", " ".join(row[0] for row in table)))
        assert named <= known, name


# --- The method in numbers.


def printed_weights(name):
    """(category, indicator) to (model, transform, weight), from the table of a template."""
    page, heading = RAW_RATES, "## Weights"
    if name != "raw-rates":
        page = METHODOLOGY
        (heading,) = re.findall(rf"^## \d+\. Weights of {name}$", page, re.MULTILINE)
    table = rows(section(page, heading))
    return {(row[0], row[1]): (row[3], row[4], float(row[5])) for row in table}


def test_printed_weights_are_those_of_the_template(template):
    name, rules = template
    written = {
        (category.name, indicator.name): (indicator.model, indicator.transform, indicator.weight)
        for category in rules.categories
        for indicator in category.indicators
    }
    assert printed_weights(name) == written


def test_weights_of_a_category_add_up_to_one(template):
    _, rules = template
    sums = {c.name: round(sum(i.weight for i in c.indicators), 12) for c in rules.categories}
    assert sums == dict.fromkeys(sums, 1.0)


def test_metrics_printed_are_those_of_the_template(template):
    name, rules = template
    table = rows(section(METHODOLOGY, "## 10. Metrics"))
    if name == "raw-rates":
        table += rows(section(RAW_RATES, "## Metrics of its own"))
    printed = {row[0]: row[1] for row in table}
    assert printed == {name: metric.unit for name, metric in rules.metrics.items()}


def test_labels_of_categories_are_named(template):
    name, rules = template
    words = " ".join((RAW_RATES if name == "raw-rates" else METHODOLOGY).split())
    labels = [label for c in rules.categories for label in (c.label.id, c.label.en)]
    assert [label for label in labels if label not in words] == []


def test_minima_printed_are_those_of_the_template(template):
    name, rules = template
    minima = vars(rules.edition.eligibility)
    written = {key: "2/3" if value == 2 / 3 else str(value) for key, value in minima.items()}
    if name == "raw-rates":
        demands, column = rows(section(RAW_RATES, "## Who is ranked")), 1
    else:
        table = rows(section(METHODOLOGY, "## 2. Who is ranked"))
        demands = [row for row in table if len(row) == 3]
        column = 1 + ["gsm-2025", "instagram-only"].index(name)
    assert demands[0][column] == rules.edition.attribution.min_grade
    assert {row[0].split("`")[1]: row[column] for row in demands[1:]} == written


def test_parameters_printed_are_those_of_the_templates(template):
    name, rules = template
    scoring = rules.edition.scoring
    page = METHODOLOGY + (RAW_RATES if name == "raw-rates" else "")
    printed = {
        name: float(value.replace("−", "-"))
        for name, value in re.findall(r"`(\w+)` = ([−\d.]*\d)", page)
    }
    numbers = {
        name: value for name, value in vars(scoring).items() if isinstance(value, int | float)
    }
    assert {name: printed[name] for name in numbers} == numbers
    doubt = rules.edition.uncertainty
    of_doubt = {
        name: value for name, value in vars(doubt).items() if isinstance(value, int | float)
    }
    assert {name: printed[name] for name in of_doubt} == of_doubt
    assert printed["nominee_count"] == rules.edition.nominee_count


def test_snapshot_printed_is_that_of_the_template(template):
    name, rules = template
    table = rows(section(METHODOLOGY, "## 1. Which posts, and which reading of them"))
    printed = {row[2]: row[0].strip("`") for row in table if len(row) == 3}
    if name == "raw-rates":
        (printed[name],) = re.findall(r"Counts are read by `(\w+)`", RAW_RATES)
    assert printed[name] == rules.edition.snapshot.rule


def test_interactions_printed_are_those_of_the_template(template):
    _, rules = template
    table = rows(section(METHODOLOGY, "## 1. Which posts, and which reading of them"))
    printed = {row[0]: tuple(row[1].split(", ")) for row in table if len(row) == 2}
    assert printed == rules.columns


def test_kinds_of_flags_and_their_limits_are_those_of_the_edition(template):
    _, rules = template
    flags = rules.edition.flags
    table = rows(section(TEXT["docs/flags.md"], "## The kinds"))
    assert [row[0].strip("`") for row in table if len(row) == 4] == list(FLAGS)
    left_out = [row[0].strip("`") for row in table if len(row) == 4 and row[3] == "yes"]
    assert left_out == list(LEFT_OUT)
    pairs = [pair for row in table if len(row) == 5 for pair in (row[:2], row[3:])]
    printed = {name.strip("`"): float(value) for name, value in pairs if name}
    assert printed == {k: v for k, v in vars(flags).items() if k != "giveaway_words"}


# --- Rooms and tables.


def layers():
    """The rooms in the order of imports, as the contract has them, without those yet to come."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = (c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == "layers")
    names = [name for layer in contract["layers"] for name in layer.split(" | ")]
    return [name for name in names if not name.startswith("(")]


def test_rooms_are_named_in_the_order_of_imports():
    table = rows(section(TEXT["docs/architecture.md"], "## Rooms, in the order of imports"))
    named = [row[0].strip("`") for row in table]
    assert named == [*layers(), "templates"]


def test_every_room_is_named():
    found = {path.stem for path in SOURCES.iterdir() if path.suffix in {"", ".py"}}
    rooms = {name for name in found if not name.startswith(("_", "."))}
    assert rooms <= {*layers(), "templates"}


def test_tables_of_the_store_are_named_with_their_keys():
    table = rows(section(TEXT["docs/architecture.md"], "## Tables"))
    printed = {row[0].strip("`"): row[2] for row in table if len(row) == 3}
    assert printed == {name: ", ".join(one.key) for name, one in STORE_TABLES.items()}
    assert {row[0].strip("`") for row in table if len(row) == 2} == set(BASE_TABLES)


def test_files_of_results_are_named():
    text = section(TEXT["docs/architecture.md"], "## Results")
    printed = set(re.findall(r"`(\w+\.\w+)`", " ".join(row[0] for row in rows(text))))
    files = {f"{name}.{'csv' if name in AS_CSV else 'parquet'}" for name in RESULT_TABLES}
    assert printed == files | {"manifest.json"}


def test_columns_of_the_registry_are_named():
    text = TEXT["docs/registry.md"]
    for file, columns in (
        ("institutions", INSTITUTION_COLUMNS),
        ("accounts", ACCOUNT_COLUMNS),
        ("lineage", LINEAGE_COLUMNS),
    ):
        table = rows(section(text, f"## registry/{file}.csv"))
        assert re.findall(r"`(\w+)`", " ".join(row[0] for row in table)) == list(columns)


# --- Formats.


def test_formats_are_listed():
    head, _, _ = TEXT["docs/formats.md"].partition("## Rules for all formats")
    assert sorted(row[0].strip("`") for row in rows(head)) == list(formats())


def test_columns_of_canonical_tables_are_listed():
    text = section(TEXT["docs/formats.md"], "## Canonical tables")
    parts = re.split(r"^\*\*(\w+)\*\*: ", text, flags=re.MULTILINE)[1:]
    printed = {
        name: set(re.findall(r"`(\w+)`", " ".join(row[0] for row in rows(body))))
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
    assert printed == {name: set(table.columns) for name, table in CANONICAL.items()}


def test_reasons_for_a_missing_count_are_explained():
    table = rows(section(TEXT["docs/formats.md"], "### Hidden, or zero"))
    assert [row[0].strip("`") for row in table] == list(MISSING_REASONS)


# --- Links and blocks.


@pytest.mark.parametrize("page", TEXT)
def test_relative_links_resolve(page):
    broken = []
    for link in LINK.findall(prose(TEXT[page])):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        there = target.is_file() and target.is_relative_to(ROOT)
        if not there or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            broken.append(link)
    assert broken == []


def test_every_page_of_docs_is_linked_from_the_index():
    linked = set(LINK.findall(TEXT["docs/index.md"]))
    pages = {page.removeprefix("docs/") for page in TEXT if page.startswith("docs/")}
    assert pages - linked - {"index.md"} == set()


@pytest.mark.parametrize("page", [page for page in TEXT if fences(TEXT[page], "toml")])
def test_toml_of_a_page_can_be_read(page):
    assert [tomllib.loads(block) for block in fences(TEXT[page], "toml")] != []


def test_worked_example_of_the_metric_in_the_docs_holds(tmp_path):
    path = tmp_path / "metrics.toml"
    (block,) = (b for b in fences(TEXT["docs/edition.md"], "toml") if ".example]]" in b)
    path.write_text(block, "utf-8")
    document = Document(path)
    metrics = read_metrics(document)
    assert [metric.name for metric in metrics] == ["comments_per_post"]
    assert document.faults == []
    with DuckDb() as engine:
        check_examples(engine, metrics)


def test_category_in_the_docs_is_one_that_an_edition_can_have(tmp_path):
    new_edition(tmp_path / "edition")
    (block,) = (b for b in fences(TEXT["docs/edition.md"], "toml") if "[[indicator]]" in b)
    (tmp_path / "edition" / "categories" / "best-answers.toml").write_text(block, "utf-8")
    rules = read_rules(tmp_path / "edition")
    assert [category.name for category in rules.categories][-1] == "best-answers"


def test_keys_of_edition_toml_are_those_that_are_read():
    table = rows(section(TEXT["docs/edition.md"], "## edition.toml"))
    printed = {name.strip("[]") for row in table for name in re.findall(r"`([\w\[\]]+)`", row[0])}
    tree = ast.parse((SOURCES / "methodology" / "edition.py").read_text("utf-8"))
    read = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "document"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert printed == read - {"interaction_count"}


# --- The jury.


PERMISSIONS = {
    "declare ties": permission.may_declare,
    "see evidence": permission.may_see_evidence,
    "be given a ballot": permission.may_be_given_a_ballot,
    "vote": permission.may_vote,
    "see figures": permission.may_see_figures,
    "tally": permission.may_tally,
    "close": permission.may_close,
}


def test_permissions_of_the_jury_are_the_sentences_of_its_rules():
    table = rows(section(TEXT["docs/jury.md"], "## Who may do what"))
    printed = {row[0]: row[1].split("; ") for row in table}
    told = {name: [sentence for sentence, _ in rule.parts] for name, rule in PERMISSIONS.items()}
    assert printed == told


def test_rules_of_the_jury_are_those_that_are_read():
    table = rows(section(TEXT["docs/jury.md"], "## The rules"))
    printed = {name for row in table for name in re.findall(r"`(\w+)`", row[0])}
    of_panel = {field.name for field in fields(Panel)} - {"jurors", "rounds"}
    assert printed == of_panel - {"lowest_score", "highest_score"} | {"scale"}


def test_columns_and_statuses_of_winners_are_named():
    table = rows(section(TEXT["docs/jury.md"], "## What comes out"))
    names = [name for row in table for name in re.findall(r"`([\w:]+)`", row[0])]
    assert names[: len(WINNERS.names)] == list(WINNERS.names)
    (status,) = (row[1] for row in table if row[0] == "`status`")
    assert set(STATUSES) <= set(re.findall(r"`(\w+)`", status))
    codes = {name.partition(":")[0] for name in names[len(WINNERS.names) :]}
    assert codes == {*REASONS, "override", "no_scores", "not_comparable", "no_tally"}


def test_acts_of_the_ledger_are_named():
    (row,) = (
        row
        for row in rows(section(TEXT["docs/jury.md"], "## What is kept"))
        if row[0] == "`jury/ledger.jsonl`"
    )
    assert re.findall(r"\w+", row[1].partition(": ")[2].partition(".")[0]) == list(ACTS)


# --- JSON documents.


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_schema_is_a_schema_and_is_listed(path):
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))
    assert f"(schemas/{path.name})" in TEXT["docs/json-schemas.md"]


def validate(name, text):
    """The document that a text is, if it is of the schema's form."""
    document = json.loads(text)
    schema = json.loads((DOCS / "schemas" / f"{name}.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    return document


def test_json_of_lock_and_check_have_their_schema(tmp_path):
    folder = str(tmp_path / "edition")
    assert CliRunner().invoke(main, ["new", folder]).exit_code == 0
    locked = CliRunner().invoke(main, ["lock", folder, "--json"])
    document = validate("lock", locked.stdout)
    assert document == validate("lock", (tmp_path / "edition/lock/lock.json").read_text("utf-8"))
    checked = CliRunner().invoke(main, ["check", folder, "--json"])
    assert validate("check", checked.stdout)["is_locked"] is True
    assert checked.exit_code == 0


def test_json_of_a_whole_edition_has_its_schemas(tmp_path):
    folder = tmp_path / "edition"
    run = CliRunner().invoke
    assert run(main, ["new", str(folder), "--template", "instagram-only"]).exit_code == 0
    for file, row in (
        ("institutions.csv", "contoh,Kementerian Contoh,,ministries,,,,invented\n"),
        ("accounts.csv", ",contoh,instagram,contoh,,,,yes,,,,A,,invented,\n"),
    ):
        with (folder / "registry" / file).open("a", encoding="utf-8") as registry:
            registry.write(row)
    (post,) = fences(TEXT["docs/formats.md"], "json")
    (tmp_path / "posts.ndjson").write_text(post, "utf-8")
    brought = run(main, ["import", str(folder), str(tmp_path / "posts.ndjson"), "--json"])
    (report,) = validate("import", brought.stdout)
    assert (report["format"], report["rows_read"], report["rows_kept"]) == ("canonical", 1, 1)
    assert len(validate("replay", run(main, ["replay", str(folder), "--json"]).stdout)) == 1
    scored = validate("score", run(main, ["score", str(folder), "--json"]).stdout)
    assert scored["record_counts"]["posts"] == 1
    assert scored["awards"] == {"not_awarded": 20}
    validate("manifest", (folder / "results" / "manifest.json").read_text("utf-8"))
    published = validate("publish", run(main, ["publish", str(folder), "--json"]).stdout)
    assert Path(published["index"]).is_file()
    again = validate("run", run(main, ["run", str(folder), "--json"]).stdout)
    assert again == {
        "imported": [],
        "scored": False,
        "published": False,
        "decision_left_out": False,
    }
    verified = run(main, ["verify", str(folder / "site"), "--json"])
    assert validate("verify", verified.stdout)["is_sound"] is True
    assert verified.exit_code == 0


def test_json_of_suggestions_has_its_schema(tmp_path):
    folder, run = str(tmp_path / "edition"), CliRunner().invoke
    assert run(main, ["new", folder]).exit_code == 0
    (post,) = fences(TEXT["docs/formats.md"], "json")
    other = post.replace('"@contoh"', '"infobmkg"').replace("C5x", "C6x")
    (tmp_path / "posts.ndjson").write_text(post + other, "utf-8")
    assert run(main, ["import", folder, str(tmp_path / "posts.ndjson")]).exit_code == 0
    document = validate(
        "registry-suggest", run(main, ["registry", "suggest", folder, "--json"]).stdout
    )
    assert [one["institution_id"] for one in document["unknown_accounts"]] == [None, "bmkg"]


def test_json_of_a_mapping_profile_has_its_schema(tmp_path):
    (tmp_path / "monthly.csv").write_text("Tanggal;Tautan\n13/02/2025;instagram.com/p/AAAAA\n")
    printed = CliRunner().invoke(main, ["map", str(tmp_path / "monthly.csv"), "--json"])
    assert validate("map", printed.stdout)["columns"]["url"] == "Tautan"


def test_csv_of_the_formats_page_holds_the_same_post_as_its_json():
    (line,) = fences(TEXT["docs/formats.md"], "json")
    (table,) = fences(TEXT["docs/formats.md"], "csv")
    (row,) = csv.DictReader(table.splitlines())
    written = json.loads(line)
    written["reaction_count"] = ""
    assert row | {"missing": json.loads(row["missing"])} == {
        name: value if name == "missing" else str(value) for name, value in written.items()
    }


def test_accounts_of_the_registry_page_can_be_read(tmp_path):
    (table,) = fences(TEXT["docs/registry.md"], "csv")
    (tmp_path / "accounts.csv").write_text(table, "utf-8")
    (tmp_path / "institutions.csv").write_text(
        "institution_id,institution,short_name,cluster,kind,valid_from,valid_to,evidence\n", "utf-8"
    )
    names = [account.account_id for account in read_registry(tmp_path).accounts]
    assert names == ["instagram:@kementerian.contoh", *["instagram:@info.contoh"] * 2]


def test_json_of_an_error_has_its_schema(tmp_path):
    failed = CliRunner().invoke(main, ["check", str(tmp_path), "--json"], obj="json")
    assert failed.exit_code == 2
    assert validate("error", failed.stdout)["error"] == "NotAnEdition"
