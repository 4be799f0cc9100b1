"""Jinja as pages need it: in a language's words, compiled once, quick at what a page does most."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from types import CodeType
from typing import cast

import jinja2
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from explainer.language import Language
from explainer.model import DateView

_SAID = re.compile(r"""\bsay\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\s*\)""")
"""A message without values, as a template says it."""

_INDENTATION = re.compile(r"^[ \t]+(?=[<{])", re.MULTILINE)
_AS_WRITTEN = re.compile(r"<(?:pre|textarea)\b")


def template_environment(
    folders: Sequence[Path],
    language: Language,
    compiled: MutableMapping[str, bytes],
    *,
    indented: bool,
) -> jinja2.Environment:
    """The templates of `folders`, the first hit winning, in the words of a language's interface.

    Args:
        compiled: Where templates are kept once they are compiled.
        indented: Whether their HTML stays as it is for people to read.
    """
    return _Environment(
        loader=_Translated(folders, language.say, indented=indented),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(compiled, language.interface),
    )


class _Translated(jinja2.FileSystemLoader):
    """Templates in one language: a message without values stands in its own words.

    Page after page it is then plain text. Lines stay where they are; what indents a tag goes
    unless ``indented``, or some text is to be shown as it is written.
    """

    def __init__(
        self, folders: Sequence[Path], say: Callable[[str], str], *, indented: bool
    ) -> None:
        super().__init__(folders)
        self._say, self._indented = say, indented

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, filename, uptodate = super().get_source(environment, template)
        if not self._indented and not _AS_WRITTEN.search(source):
            source = _INDENTATION.sub("", source)
        return _SAID.sub(self._in_words, source), filename, uptodate

    def _in_words(self, call: re.Match[str]) -> str:
        try:
            return repr(self._say(ast.literal_eval(call[1])))
        except (SyntaxError, ValueError):  # the template's own parser will tell
            return call[0]


class _Compiled(jinja2.BytecodeCache):
    """Templates as Python's byte code, which is made when their text is new."""

    def __init__(self, kept: MutableMapping[str, bytes], language: str) -> None:
        self._kept, self._language = kept, language

    def load_bytecode(self, bucket: Bucket) -> None:
        found = self._kept.get(f"{self._language} {bucket.key}")
        if found:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[f"{self._language} {bucket.key}"] = bucket.bytecode_to_string()


class _Context(Context):
    """Calls what a template calls as it is: nothing that ours are given asks for the context."""

    def call(self, called: Callable[..., object], /, *args: object, **kwargs: object) -> object:
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        try:
            return called(*args, **kwargs)
        except StopIteration:
            return self.environment.undefined("there is no next")


class _Template(jinja2.Template):
    """Writes text out as text: Jinja makes a `Markup` of each piece, only to join them."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, object],
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _escaped
        return template


def _escaped(value: object) -> str:
    kind = type(value)
    if kind is Markup:
        return cast(str, value)
    if kind is not str:
        return escape(value)
    text = cast(str, value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


class _Environment(jinja2.Environment):
    context_class = _Context
    template_class = _Template

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """What every template has, as a plain mapping: it is copied for each page."""
        return {**self.globals, **(d or {})}


MOST_MADE = 8192
"""Small pieces of HTML that are kept of each macro; a hundred bytes each."""


class Words:
    """The macros of a template; what one made of plain words it need not make again."""

    def __init__(self, template: jinja2.Template, given: Mapping[str, object]) -> None:
        """
        Args:
            given: What the macros may use beside what they are called with.
        """
        for name, macro in vars(template.make_module(dict(given))).items():
            plain = isinstance(macro, Macro) and len(macro.arguments) == 1
            setattr(self, name, _remembering(macro) if plain else macro)


def _remembering(macro: Macro) -> Callable[..., object]:
    kept: dict[object, object] = {}

    def call(value: object, *more: object) -> object:
        # Nothing else: what is HTML already equals its own text, and isn't escaped.
        if more or type(value) not in (str, DateView):
            return macro(value, *more)
        if value not in kept:
            if len(kept) >= MOST_MADE:
                kept.clear()
            kept[value] = macro(value)
        return kept[value]

    return call
