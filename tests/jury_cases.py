"""A small edition with nominees, locked and scored as far as a jury looks at it."""

import hashlib
import json
import shutil
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # it has no stubs
import pyarrow as pa
import pytest
from click.testing import CliRunner

from tolok.cli import main
from tolok.errors import FaultsFound
from tolok.forms.write import write_ballot, write_declaration
from tolok.jury.ballot import Ballot
from tolok.methodology.lock import lock_rules, rules_sha256
from tolok.methodology.template import new_edition, write_edition
from tolok.pipeline.jury.desk import desk
from tolok.pipeline.jury.evidence import make_packs
from tolok.pipeline.jury.issuing import forms_of, issue_ballots
from tolok.pipeline.jury.opening import declaration_form, open_jury, printed
from tolok.pipeline.jury.receiving import import_returned
from tolok.pipeline.results import write_csv
from tolok.registry.read import registry_sha256
from tolok.store.atomic import write_table
from tolok.store.results import INSTITUTIONS, RESULT_TABLES
from tolok.store.scored import NOMINEES, WINNERS

START = datetime(2026, 2, 2, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST, SECOND, VOTE = START, START + 7 * DAY, START + 10 * DAY
"""When the three rounds open; each is open for a day."""
BEFORE = START - 7 * DAY
NAMES = (
    "Prof. Durian Awan",
    "Bu Nangka Hujan",
    "Pak Salak Kabut",
    "Kak Rambutan Embun",
    "Dr. Sawo",
)
CATEGORY, OTHER = "best-use-of-images", "best-use-of-videos"
CLUSTERS = ("ministries", "agencies")
BODIES = tuple(f"{cluster}-{letter}" for cluster in CLUSTERS for letter in "abcd")
"""Four invented institutions a cluster, three of them nominated in each category."""
P_FIRST = {"a": 0.6, "b": 0.3, "c": 0.1}


def make_edition(folder, *, panel=None, jurors=NAMES, rounds=3):
    """An edition whose nominees await a jury of five; `panel` are lines of [jury]."""
    new_edition(folder)
    for path in (folder / "categories").iterdir():
        if path.stem not in (CATEGORY, OTHER):
            path.unlink()
    if panel:
        path = folder / "edition.toml"
        text = path.read_text("utf-8")
        for key, value in panel.items():
            (line,) = (one for one in text.split("\n") if one.startswith(f"{key} = "))
            text = text.replace(line, f"{key} = {value}")
        path.write_text(text, "utf-8")
    opened = (("first", "scores", FIRST), ("second", "scores", SECOND), ("vote", "pairs", VOTE))
    write_edition(
        folder,
        {"name": "contoh-2026", "simulated": True},
        clusters={name: (name, name) for name in CLUSTERS},
        tables={
            "jury.juror": [{"name": one} for one in jurors],
            "jury.round": [
                {"name": name, "kind": kind, "opens_at": at, "closes_at": at + DAY}
                for name, kind, at in opened[:rounds]
            ],
        },
    )
    _write_registry(folder)
    lock_rules(folder, now=BEFORE)
    write_results(folder)
    return folder


def write_results(folder, p_first=P_FIRST):
    """Results of which only the nominees and the winners that are awaited hold anything."""
    shutil.rmtree(folder / "results", ignore_errors=True)
    (folder / "results").mkdir()
    for name, table in RESULT_TABLES.items():
        write_table(table.arrow_schema.empty_table(), folder / "results" / f"{name}.parquet")
    awards = [(category, cluster) for category in (CATEGORY, OTHER) for cluster in CLUSTERS]
    nominees = [
        [
            *award, place, f"{award[1]}-{letter}", f"Lembaga {award[1]} {letter}", 60.0 - place,
            chance, 0.9, False,
        ]
        for award in awards
        for place, (letter, chance) in enumerate(p_first.items(), start=1)
    ]  # fmt: skip
    winners = [[*award, "", "", None, None, "awaiting_jury", ""] for award in awards]
    write_csv(_table(NOMINEES, nominees), folder / "results" / "nominees.csv")
    write_csv(_table(WINNERS, winners), folder / "results" / "winners.csv")
    institutions = [
        {
            "institution_id": body,
            "institution": f"Lembaga {body.replace('-', ' ')}",
            "short_name": body,
            "cluster": body.rsplit("-", 1)[0],
            "kind": "",
            "post_count": 9,
            "active_week_count": 9,
        }
        for body in BODIES
    ]
    table = pa.Table.from_pylist(institutions, schema=INSTITUTIONS.arrow_schema)
    write_table(table, folder / "results" / "institutions.parquet")
    manifest = {
        "rules_sha256": rules_sha256(folder),
        "registry_sha256": registry_sha256(folder / "registry"),
        "inputs": [],
    }
    (folder / "results" / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def declared(folder, into, ties=None, *, now=BEFORE, suffix="json"):
    """A signed declaration of every juror, with ties by name of the juror; files by name."""
    files = {}
    with desk(folder, now) as at:
        for code, name in at.names.items():
            path = into / f"declaration-{code}.{suffix}"
            form, own = declaration_form(at, code), (ties or {}).get(name, ())
            write_declaration(form, printed(at, "id"), path, ties=own, is_signed=True)
            files[name] = path
    return files


def filled(folder, into, name, score=None, **how):
    """A juror's ballot of the round at hand, `now`: scores of entries and criteria, or choices.

    `choose` of a pair, `recused` institutions, `suffix` of the file, `tag` in its name.
    """
    with desk(folder, how["now"]) as at:
        code, recused, choose = at.codes[name], how.get("recused", ()), how.get("choose")
        one = at.round_now
        assert one is not None
        form = forms_of(at, one)[code]
        ballot = Ballot(
            form.round,
            code,
            {
                entry: {one: score(entry, one) for one in form.criteria[entry.category]}
                for entry in form.entries
                if entry.institution_id not in recused
            },
            {pair: choose(pair) for pair in form.pairs if choose},
            dict.fromkeys(recused, "knows them too well"),
        )
        file = f"{form.round}-{code}{how.get('tag', '')}.{how.get('suffix', 'json')}"
        path = into / file
        write_ballot(form, form.code(at.key), printed(at, "id"), path, filled=ballot)
    return path


def ready_edition(folder, into, *, ties=None, **how):
    """An edition whose jurors have declared and hold packs and ballots of the first round."""
    make_edition(folder, **how)
    into.mkdir(parents=True, exist_ok=True)
    open_jury(folder, now=BEFORE)
    import_returned(folder, list(declared(folder, into, ties).values()), now=BEFORE)
    make_packs(folder, now=BEFORE)
    issue_ballots(folder, now=BEFORE)
    return folder


def refusal(folder, files, *, now):
    """The faults for which nothing of the files is taken, a text each."""
    with pytest.raises(FaultsFound) as refused:
        import_returned(folder, files, now=now)
    return [str(fault) for fault in refused.value.exceptions]


def by_letter(**points):
    """A score that hangs on the letter of the institution alone: by_letter(a=8, b=6, c=4)."""
    return lambda entry, _criterion: points[entry.institution_id[-1]]


def sha256(path):
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _table(schema, rows):
    columns = dict(zip(schema.names, zip(*rows, strict=True), strict=True))
    return pa.table({name: list(of) for name, of in columns.items()}, schema=schema.arrow_schema)


def _write_registry(folder):
    home = folder / "registry"
    (home / "lineage.csv").write_text(
        "predecessor_id,successor_id,change,effective_on,evidence\n", "utf-8"
    )
    (home / "accounts.csv").write_text(_header(home / "accounts.csv"), "utf-8")
    rows = [
        f"{body},Lembaga {body.replace('-', ' ')},{body},{body.rsplit('-', 1)[0]},,,,invented\n"
        for body in BODIES
    ]
    header = "institution_id,institution,short_name,cluster,kind,valid_from,valid_to,evidence\n"
    (home / "institutions.csv").write_text(header + "".join(rows), "utf-8")


def _header(path):
    return path.read_text("utf-8").splitlines()[0] + "\n"


SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schemas"
COMMANDS = ("open", "status", "packs", "ballots", "import_", "tally", "override", "close")


class Secretary:
    """The command line at an instant of the test's choice."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.now = folder, BEFORE
        for name in COMMANDS:
            monkeypatch.setattr(import_module(f"tolok.cli.jury.{name}"), "clock", lambda: self.now)

    def types(self, *words, status=0):
        run = CliRunner().invoke(main, ["jury", str(self.folder), *map(str, words)])
        assert run.exit_code == status, run.output
        return run.output

    def asks(self, *words):
        """The JSON document of a command, which is of its schema."""
        run = CliRunner().invoke(main, ["jury", str(self.folder), *map(str, words), "--json"])
        assert run.exit_code == 0, run.output
        document = json.loads(run.stdout)
        schema = json.loads((SCHEMAS / f"jury-{words[0]}.json").read_text("utf-8"))
        jsonschema.validate(document, schema)
        return document

    def goes_to(self, now):
        self.now = now
        return self
