"""Jinja as pages need it: in a language's words, compiled once, quick at what a page does most."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from keyword import iskeyword
from operator import call
from pathlib import Path
from types import CodeType
from typing import cast

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped_text  # type: ignore[attr-defined]

from explainer.language import Language
from explainer.model import DateView

_SAID = re.compile(r"""\bsay\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\s*\)""")
"""A message without values, as a template says it."""

_INCLUDED = re.compile(r"""\{%-?\s*include\s+(?:'([^'\\\n]+)'|"([^"\\\n]+)")\s*-?%\}""")
"""A template that always stands in the same place of another."""

_BLOCK = re.compile(r"^( *yield )from ((?:context\.blocks|parent_template)\b.*)$", re.MULTILINE)
"""Where what a block or a parent gives is handed on, in what Jinja compiles."""

_INDENTATION = re.compile(r"^[ \t]+(?=[<{])", re.MULTILINE)
_AS_WRITTEN = re.compile(r"<(?:pre|textarea)\b")


def template_environment(
    folders: Sequence[Path],
    language: Language,
    compiled: MutableMapping[str, bytes] | None,
    *,
    indented: bool,
) -> jinja2.Environment:
    """The templates of `folders`, the first hit winning, in the words of a language's interface.

    Args:
        compiled: Where templates are kept once they are compiled, each with what it includes as
            a part of it, and for plain objects. Without, they stand apart and mean all that Jinja
            lets them: that is slower, but tells where a fault is.
        indented: Whether their HTML stays as it is for people to read.
    """
    loader = _Translated(folders, language.say, indented=indented)
    kept = None if compiled is None else _Compiled(compiled, language.interface, loader)
    environment = _Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=kept,
    )
    if kept is not None:
        environment.code_generator_class = _Plain
    return environment


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

    def parts_of(self, environment: jinja2.Environment, source: str) -> dict[str, str]:
        """The sources of what a template includes, and of what that includes in turn, by name."""
        found: dict[str, str] = {}
        waiting = [source]
        while waiting:
            for name in map("".join, _INCLUDED.findall(waiting.pop())):
                if name not in found:
                    with contextlib.suppress(jinja2.TemplateNotFound, OSError, ValueError):
                        found[name] = self.get_source(environment, name)[0]
                        waiting.append(found[name])
        return found

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
    """Templates as Python's byte code, which is made when the text of one or of a part is new."""

    def __init__(
        self, kept: MutableMapping[str, bytes], language: str, loader: _Translated
    ) -> None:
        self._kept, self._language, self._loader = kept, language, loader

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        parts = self._loader.parts_of(environment, source)
        whole = "\0".join((source, *(text for part in parts.items() for text in part)))
        return super().get_bucket(environment, name, filename, whole)

    def load_bytecode(self, bucket: Bucket) -> None:
        found = self._kept.get(f"{self._language} {bucket.key}")
        if found:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[f"{self._language} {bucket.key}"] = bucket.bytecode_to_string()


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
        template.root_render_func.__globals__.update(escape=_escaped, call=call)
        return template


def _escaped(value: object) -> str:
    if type(value) is str:
        return escaped_text(value)
    return value if type(value) is Markup else escape(value)


class _Plain(CodeGenerator):
    """Writes attributes and calls as Python's own, where Jinja asks which of several they are.

    What they are in Jinja alone, such as a key of a mapping, then is a fault.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        is_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if is_block or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802 - Jinja's
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class _Inlined(NodeTransformer):
    """Puts the parts of a template in their places: one function then writes all of it."""

    def __init__(self, environment: jinja2.Environment, parts: Mapping[str, str]) -> None:
        self._environment, self._parts = environment, parts
        self._within: list[str] = []

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - Jinja's name
        name = str(node.template.value) if isinstance(node.template, nodes.Const) else ""
        if name not in self._parts or name in self._within or not node.with_context:
            return node
        try:
            part = jinja2.Environment._parse(self._environment, self._parts[name], name, None)
        except jinja2.TemplateSyntaxError:
            return node  # told when it is rendered
        if part.find(nodes.Extends) or part.find(nodes.Block):
            return node
        self._within.append(name)
        self.generic_visit(part)
        self._within.pop()
        return nodes.Scope(part.body, lineno=node.lineno, environment=self._environment)


class _Environment(jinja2.Environment):
    template_class = _Template

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if self.bytecode_cache is None:
            return tree
        parts = cast(_Translated, self.loader).parts_of(self, source)
        return cast(nodes.Template, _Inlined(self, parts).visit(tree))

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        """Python in which a block is one piece of its page: each piece of it went through all."""
        return _BLOCK.sub(r'\1"".join(\2)', super()._generate(source, name, filename, defer_init))

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
