"""The theme: templates and static files, the site's own before those that ship with us."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path, PurePosixPath

import jinja2
from markupsafe import Markup
from msgspec import Struct

from explainer.errors import ThemeError
from explainer.home import theme_folders
from explainer.language import Language
from explainer.minify import minify_css, minify_js
from explainer.model import EntryView
from explainer.read import file_digest
from explainer.templating import Words, template_environment

_ON_EVERY_PAGE = (
    "css/fonts.css", "css/tokens.css", "css/look.css", "css/base.css", "css/notes.css",
    "css/timeline.css",
)  # fmt: skip
BUNDLES = {
    "css/article.css": (*_ON_EVERY_PAGE, "css/annotations.css"),
    "css/site.css": (*_ON_EVERY_PAGE, "css/lists.css"),
    "js/article.js": ("js/cards.js", "js/load.js"),
    "js/reader.js": ("js/lights.js", "js/popups.js", "js/lens.js", "js/dial.js"),
}
"""What is loaded as one file, of which files it is made; a site may replace either.

A page loads one style, and css/print.css for paper. css/reader.css and js/reader.js come at a
reader's first move toward a mark.
"""

_MINIFIERS: dict[str, Callable[[bytes], bytes]] = {".css": minify_css, ".js": minify_js}
_SKIPPED = (".", "~", "#")
_FAULTS = (
    jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError,
    MemoryError,
)  # fmt: skip
"""What a mistake in a template may raise."""


MAX_KEPT = 8192
"""Parts of pages that are kept to be shown again; some 3 kB each."""


class Theme(Struct, frozen=True):
    """Folders in which each template and each static file is looked for, the first hit winning."""

    folders: tuple[Path, ...]

    def static_files(self) -> dict[str, Path]:
        """Every static file by its name below static/, sorted by name."""
        return self._below("static")

    def templates(self) -> dict[str, Path]:
        """Every file below templates/, likewise."""
        return self._below("templates")

    def _below(self, place: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in self.folders:
            for name, path in _files(folder / place):
                found.setdefault(name, path)
        return dict(sorted(found.items()))


def find_theme(site: Path | None) -> Theme:
    """The site's own folder first, then the theme that ships with the program."""
    return Theme(theme_folders(site))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Regular files below a folder; links that lead out of it are left alone."""
    if not folder.is_dir():
        return
    home = folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(_SKIPPED) for part in PurePosixPath(name).parts)
        if hidden or not path.is_file():
            continue
        if path.resolve().is_relative_to(home):
            yield name, path


class Templates:
    """The theme's templates, ready to render; a mistake in one is a `ThemeError` with its line.

    Style, script and the templates' own HTML are minified where `minify`: their source is for
    people to read.
    """

    def __init__(
        self,
        theme: Theme,
        compiled: MutableMapping[str, bytes] | None = None,
        *,
        minify: bool = True,
    ) -> None:
        """
        Args:
            theme: Where the files are.
            compiled: Where templates are kept once they are compiled.
        """
        self._theme = theme
        self._minify = minify
        self._static = theme.static_files()
        self._digests: dict[str, str] = {}
        self._assets: dict[str, Callable[[str], str]] = {}
        self._languages: dict[str, dict[str, object]] = {}
        self._rendered: dict[tuple[str, int], tuple[object, Markup]] = {}
        self._compiled = {} if compiled is None else compiled
        self._environments: dict[str, jinja2.Environment] = {}

    def _in(self, language: Language) -> jinja2.Environment:
        """The templates in a language's own words."""
        name = language.interface
        if name not in self._environments:
            self._environments[name] = self._environment(language, self._compiled)
        return self._environments[name]

    def _environment(
        self, language: Language, compiled: MutableMapping[str, bytes] | None
    ) -> jinja2.Environment:
        folders = [folder / "templates" for folder in self._theme.folders]
        return template_environment(folders, language, compiled, indented=not self._minify)

    def digest(self) -> str:
        """Changes when a template or a static file does."""
        digest = hashlib.sha256()
        for files in (self._theme.templates(), self._static):
            for name, path in files.items():
                digest.update(f"{name}\n{file_digest(path)}\n".encode(errors="surrogateescape"))
        return digest.hexdigest()

    def prepare(self, language: Language) -> None:
        """Compile all that can be, so that processes forked from this one needn't."""
        environment = self._in(language)
        for name in environment.list_templates(extensions=("html",)):
            with contextlib.suppress(jinja2.TemplateError, OSError, RecursionError):
                environment.get_template(name)

    def static_files(self) -> dict[str, Path]:
        """See `Theme.static_files`."""
        return self._static

    def assets(self) -> tuple[str, ...]:
        """The names of all that pages may load: static files, those of a bundle as one."""
        parts = {part for bundle in BUNDLES.values() for part in bundle}
        return tuple(sorted((self._static.keys() - parts) | BUNDLES.keys()))

    def read_asset(self, name: str) -> bytes:
        """A static file, or a bundle of several, as it is written."""
        content = self._source(name)
        minify = _MINIFIERS.get(PurePosixPath(name).suffix)
        return minify(content) if minify and self._minify else content

    def _source(self, name: str) -> bytes:
        parts = (name,) if name in self._static else BUNDLES.get(name, (name,))
        return b"".join(map(self.read_static, parts))

    def read_static(self, name: str) -> bytes:
        """A static file as its author wrote it."""
        if name not in self._static:
            raise ThemeError(f"there is no static file '{name}'", f"static/{name}")
        try:
            return self._static[name].read_bytes()
        except OSError as fault:
            raise ThemeError(f"can't be read: {fault.strerror}", f"static/{name}") from fault

    def render(self, name: str, root: str, language: Language, **context: object) -> str:
        """Render a template for a page at `root` from the site's folder, in its language.

        Beside `context` a template has `language`, `say` and `counted`, which are that language's,
        `asset`, and as `words` the macros of partials/words.html.

        Raises:
            ThemeError: The template is missing, can't be parsed, or asks for what isn't there.
        """
        given = {"asset": self._asset(root), **context}
        try:
            return self._in(language).get_template(name).render({**self._spoken(language), **given})
        except (*_FAULTS, OSError, RuntimeError):
            return self._render_apart(name, language, given)

    def _render_apart(self, name: str, language: Language, given: Mapping[str, object]) -> str:
        """The same from templates that aren't part of one another: a fault has its own place."""
        try:
            environment = self._environment(language, None)
            spoken = _spoken(language, environment)
            return environment.get_template(name).render({**spoken, **given})
        except jinja2.TemplateSyntaxError as fault:
            raise ThemeError(
                str(fault.message), _name(fault.filename or name), fault.lineno
            ) from fault
        except jinja2.TemplateNotFound as fault:
            raise ThemeError(f"there is no template '{fault.name}'", name) from fault
        except OSError as fault:
            raise ThemeError(
                f"can't be read: {fault.strerror}", _name(fault.filename or name)
            ) from fault
        except RecursionError as fault:
            raise ThemeError(
                "includes itself, or asks for something without end", *_place_of(fault, name)
            ) from fault
        except _FAULTS as fault:
            path, line = _place_of(fault, name)
            raise ThemeError(str(fault) or type(fault).__name__, path, line) from fault

    def render_once(self, name: str, root: str, language: Language, view: EntryView) -> Markup:
        """Render an entry's note; for the same `view` object it is kept and given again."""
        key = (name, id(view))
        kept = self._rendered.get(key)
        if kept is not None and kept[0] is view:
            return kept[1]
        if len(self._rendered) >= MAX_KEPT:
            self._rendered.clear()
        made = Markup(self.render(name, root, language, entry=view))
        self._rendered[key] = (view, made)
        return made

    def _asset(self, root: str) -> Callable[[str], str]:
        """Gives a static file's URL, which changes when its content does."""
        if root not in self._assets:
            addresses: dict[str, str] = {}

            def asset(path: str) -> str:
                if path not in addresses:
                    addresses[path] = f"{root}static/{path}?v={self._digest(path)}"
                return addresses[path]

            self._assets[root] = asset
        return self._assets[root]

    def _spoken(self, language: Language) -> dict[str, object]:
        """What a template says things with, in one language."""
        if language.tag not in self._languages:
            self._languages[language.tag] = _spoken(language, self._in(language))
        return self._languages[language.tag]

    def _digest(self, path: str) -> str:
        if path not in self._digests:
            # Of the source: to minify it takes as long as a page, and changes nothing in it.
            self._digests[path] = hashlib.sha256(self._source(path)).hexdigest()[:12]
        return self._digests[path]


def _spoken(language: Language, environment: jinja2.Environment) -> dict[str, object]:
    own: dict[str, object] = {
        "language": language, "say": language.say, "counted": language.counted,
    }  # fmt: skip
    words = environment.get_template("partials/words.html")
    return {**own, "words": Words(words, own)}


def _place_of(fault: BaseException, name: str) -> tuple[str, int]:
    """The innermost template line of a traceback."""
    path, line, trace = name, 0, fault.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith(".html"):
            path, line = _name(filename), trace.tb_lineno
        trace = trace.tb_next
    return path, line


def _name(filename: str) -> str:
    """The template as a user knows it: from templates/ on."""
    parts = Path(filename).parts
    if "templates" not in parts:
        return filename
    start = len(parts) - 1 - parts[::-1].index("templates")
    return "/".join(parts[start:])
