"""Pages into HTML: one Jinja environment a language, everything escaped, nothing undefined."""

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from tolok.publish.commands import copy_command, verify_command
from tolok.publish.further import further_pages
from tolok.publish.language import Language
from tolok.publish.links import contact_address, web_address
from tolok.publish.page import Page
from tolok.publish.promises import compares_sizes
from tolok.publish.results import Results

TEMPLATES = files("tolok.publish") / "templates"


class _Compiled(BytecodeCache):
    """Templates as they were compiled, for every environment of this process.

    Each language has an environment of its own, a jury's packs another; compiling takes longer than
    most pages take to render.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def environment() -> Environment:
    """The environment of all templates: HTML is escaped, an unknown name is an error."""
    return Environment(
        loader=FileSystemLoader(str(TEMPLATES)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )


@dataclass(frozen=True)
class Renderer:
    """The pages of one language as texts."""

    results: Results
    language: Language

    @cached_property
    def _environment(self) -> Environment:
        made = environment()
        made.globals.update(
            t=self.language.words,
            f=self.language.formats,
            lang=self.language,
            edition=self.results.rules.edition,
            manifest=self.results.manifest,
            lock_hash=self.results.lock_hash or self.results.manifest.lock_hash,
            data_sha256=self.results.data_sha256,
            compares_sizes=compares_sizes(self.results.rules),
            verify_command=verify_command,
            copy_command=copy_command,
            web_address=web_address,
            contact_address=contact_address,
            further=further_pages(self.results),
        )
        return made

    def render(self, template: str, page: Page) -> str:
        """A page of the language's folder."""
        depth = page.path.count("/")
        return self._render(template, page, root="../" * depth, top="../" * (depth + 1))

    def render_at_root(self, template: str, page: Page) -> str:
        """A page of the language's folder, as it stands at the root of the site."""
        return self._render(template, page, root=f"{self.language.code}/", top="")

    def _render(self, template: str, page: Page, *, root: str, top: str) -> str:
        return self._environment.get_template(template).render(
            page.context, page_title=page.title, here=page.path, root=root, top=top
        )
