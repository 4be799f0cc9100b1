"""The walk as far as annotate: what the program proposes for an article, with its evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from explainer.analyses import code_digest, dump_analysis, key_of, load_analysis
from explainer.analyze import Analyzer, digest_of, installed_model, load_analyzer
from explainer.annotate import annotate, mention_annotator
from explainer.annotate.confidence import Confidence, load_confidence
from explainer.annotate.drafting import draft_annotators
from explainer.annotate.noted import settle_annotator
from explainer.annotate.sureness import threshold_annotator
from explainer.atomic import write_atomically
from explainer.build import find_base
from explainer.cluster import Cluster, LazyTasks, worker_address
from explainer.config import THRESHOLD, SiteConfig
from explainer.crew import work_in_processes
from explainer.draft_cache import DraftCache
from explainer.errors import AnalyzerError, ArticleError, ExplainerError, NotesError, raise_all
from explainer.model import Analysis, AnnotatedDocument, Document, Entry, Mention, Notes, Span
from explainer.parse import parse_article
from explainer.propose import propose_entries, propose_notes
from explainer.read import (
    base_path,
    display_path,
    inputs_of,
    notes_path,
    read_article,
    read_bytes,
    read_notes,
    read_text,
)
from explainer.scaffold import with_schema, write_schemas

Json = dict[str, object]


class Job(Struct, frozen=True):
    """What all drafts of a run share; plain data, so that it can go to other processes.

    ``cache`` is the file of a `DraftCache`, None for none. ``never`` are words that nothing is
    proposed for.
    """

    root: Path
    entries: tuple[Entry, ...] = ()
    model: str = ""
    cache: Path | None = None
    threshold: float = THRESHOLD
    never: tuple[str, ...] = ()


def draft_articles(
    paths: Sequence[Path], job: Job, processes: int = 1, cluster: Cluster | None = None
) -> Iterator[AnnotatedDocument]:
    """Draft each article, in the order given; what notes settle already stays settled.

    With several processes, or a cluster, the drafts are the same, but come without their
    analyses.

    Raises:
        ExplainerError: An article or its notes can't be read, or there is no model.
    """
    if cluster:
        yield from _draft_on(cluster, paths, job)
    elif processes > 1:
        yield from work_in_processes(partial(_make_light_drafter, job), paths, processes)
    elif paths:
        yield from map(make_drafter(job), paths)


def make_drafter(job: Job) -> Callable[[Path], AnnotatedDocument]:
    """Load what drafts need, and give the function that drafts one article."""
    analyzer = load_analyzer(job.model)
    kept = DraftCache(job.cache)
    names, annotators = mention_annotator(job.entries), draft_annotators(job.entries)
    surely = threshold_annotator(job.threshold)

    def draft_article(path: Path) -> AnnotatedDocument:
        source = read_article(path, job.root)
        document = parse_article(source)
        notes = read_notes(path, job.root) or Notes("")
        settle = settle_annotator(notes, find_base(source, notes, document, path, job.root))
        found = AnnotatedDocument(document, _analysis(document, analyzer, kept))
        drafted = annotate(found, (settle, names, *annotators, surely))
        return _as_suggestions(_without(drafted, job.never))

    return draft_article


def _make_light_drafter(job: Job) -> Callable[[Path], AnnotatedDocument]:
    draft_article = make_drafter(job)
    return lambda path: replace(draft_article(path), analysis=None)


# ---- on a cluster

BATCH = 8
"""Articles of one task."""

_Batch = tuple[tuple[str, tuple[tuple[str, bytes], ...]], ...]
"""Articles by their paths from the site's folder, each with the files that it is made of."""


def _draft_on(cluster: Cluster, paths: Sequence[Path], job: Job) -> Iterator[AnnotatedDocument]:
    """Workers get the articles themselves: they need to see nothing but their own model."""
    batches = [paths[start : start + BATCH] for start in range(0, len(paths), BATCH)]
    model = digest_of(job.model or installed_model())
    far = replace(job, root=Path(), cache=None)
    waiting: dict[int, list[AnnotatedDocument]] = {}
    following = 0
    tasks = LazyTasks([partial(_packed, batch, job.root) for batch in batches])
    for number, drafts in cluster.share(_draft_batch, (far, model), tasks):
        waiting[number] = drafts
        while following in waiting:
            yield from waiting.pop(following)
            following += 1


def _packed(paths: Sequence[Path], root: Path) -> _Batch:
    return tuple(
        (
            display_path(path, root),
            tuple(
                (display_path(one, root), read_bytes(one, one.name, ArticleError))
                for one in inputs_of(path)
                if one.is_file()
            ),
        )
        for path in paths
    )


def _draft_batch(shared: tuple[Job, str], batch: _Batch) -> list[AnnotatedDocument]:
    """On a worker: draft articles in a folder of its own, which is for them what the site's is."""
    folder, drafter = _drafter(*shared)
    drafts = []
    for name, files in batch:
        for file, content in files:
            write_atomically(Path(folder.name, file), content)
        drafts.append(drafter(Path(folder.name, name)))
    return drafts


@lru_cache(maxsize=1)
def _drafter(
    job: Job, model: str
) -> tuple[TemporaryDirectory[str], Callable[[Path], AnnotatedDocument]]:
    if digest_of(job.model or installed_model()) != model:
        raise AnalyzerError(
            f"the worker {worker_address()} has another language model; install there what is here"
        )
    folder = TemporaryDirectory(prefix="explainer-")
    return folder, _make_light_drafter(replace(job, root=Path(folder.name)))


def _analysis(document: Document, analyzer: Analyzer, kept: DraftCache) -> Analysis:
    key = key_of(document, analyzer)
    data = kept.analysis(key)
    if data is not None and (found := load_analysis(data, document.text)):
        return found
    analysis = analyzer(document.text, document.blocks)
    kept.keep_analysis(key, dump_analysis(analysis))
    return analysis


def _without(drafted: AnnotatedDocument, never: tuple[str, ...]) -> AnnotatedDocument:
    """The draft without what goes by a word that an editor never wants to see proposed."""
    if not never:
        return drafted
    text = drafted.document.text
    gone = {entry.id for entry in drafted.proposed if entry.name in never}
    return replace(
        drafted,
        proposed=tuple(one for one in drafted.proposed if one.id not in gone),
        mentions=tuple(
            one
            for one in drafted.mentions
            if one.entry not in gone and (one.by == "glossary" or one.span.of(text) not in never)
        ),
        attributions=tuple(
            replace(one, speaker=tuple(id for id in one.speaker if id not in gone))
            for one in drafted.attributions
            if not any(cue.of(text) in never for cue in one.cue)
        ),
        cards=tuple(
            one
            for one in drafted.cards
            if one.status != "suggested" or not one.when or one.when.of(text) not in never
        ),
    )


def _as_suggestions(drafted: AnnotatedDocument) -> AnnotatedDocument:
    """The glossary's own mentions stay reviewed; what a rule found waits for an editor."""
    return replace(
        drafted,
        attributions=tuple(replace(one, status="suggested") for one in drafted.attributions),
        cards=tuple(replace(one, status="suggested") for one in drafted.cards),
    )


def draft_json(path: str, drafted: AnnotatedDocument) -> str:
    """One article's draft as one line of JSON; offsets count code points of its ``text``."""
    document, confidence = drafted.document, load_confidence()
    line: Json = {
        "article": path,
        "text": document.text,
        "mentions": [
            {
                **_place(one.span, document),
                "kind": one.kind,
                "entry": one.entry,
                "status": "suggested",
                "confidence": confidence.of_mention(one.by),
                "evidence": one.by,
            }
            for one in sorted((*drafted.mentions, *drafted.nested), key=_outer_first)
        ],
        "attributions": [
            {
                "id": one.id,
                "content": _places(one.content),
                "cue": _places(one.cue),
                "source": _places(one.source),
                "antecedent": _places(one.antecedent),
                "speaker": list(one.speaker),
                "via": list(one.via),
                "mode": one.mode,
                "standing": one.standing,
                "disputes": list(one.disputes),
                "confidence": one.confidence,
                "evidence": one.evidence,
            }
            for one in drafted.attributions
        ],
        "dates": [
            {
                **_place(one.span, document),
                "type": one.type,
                "value": one.value,
                "relation": one.relation,
                "confidence": confidence.of_date(one.evidence),
                "evidence": one.evidence,
            }
            for one in drafted.dates
        ],
        "background": _background(drafted, confidence),
    }
    return json.dumps(line, ensure_ascii=False)


def _background(drafted: AnnotatedDocument, confidence: Confidence) -> list[Json]:
    return [
        {
            **_place(card.when, drafted.document),
            "date": card.date.text if card.date else None,
            "title": card.title,
            "leans_on": _offsets(card.leans_on[0]),
            "confidence": confidence.of_card(card.evidence),
            "evidence": card.evidence,
        }
        for card in drafted.cards
        if card.when
    ]


def _outer_first(one: Mention) -> tuple[int, int]:
    return one.span.start, -one.span.end


def _place(span: Span, document: Document) -> Json:
    return {**_offsets(span), "exact": span.of(document.text)}


def _offsets(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _places(spans: Iterable[Span]) -> list[Json]:
    return [_offsets(span) for span in spans]


# ---- proposals on disk


def draft_site(
    paths: Sequence[Path],
    config: SiteConfig,
    entries: tuple[Entry, ...],
    processes: int = 1,
    cluster: Cluster | None = None,
) -> Generator[tuple[Path, list[str], AnnotatedDocument | None]]:
    """Draft articles of a site and save each as soon as it is done.

    A run that was stopped, however it was, goes on where it was: what it finished isn't done
    again, and the entries that it added don't count as known.

    Yields:
        Each article with the files that changed for it and its draft; where nothing is new,
        no files and no draft.
    """
    check_readable(paths, config.root)
    cache = config.cache / "drafts.sqlite3"
    kept = DraftCache(cache)
    added = kept.added
    known = tuple(one for one in entries if one.id not in added or one.status != "suggested")
    job = Job(config.root, known, config.model, cache, config.threshold, config.never)
    version = version_of(job)
    name = {path: display_path(path, config.root) for path in paths}
    todo = [p for p in paths if not kept.is_finished(name[p], state_of(p, version))]
    waiting = set(todo)
    drafts = draft_articles(todo, job, processes, cluster)
    try:
        for path in paths:
            if path not in waiting:
                yield path, [], None
                continue
            drafted = next(drafts)
            kept.add(entry.id for entry in drafted.proposed)
            written = save_draft(path, drafted, config)
            kept.finish(name[path], state_of(path, version))
            yield path, written, drafted
        kept.end_run()
    finally:
        kept.close()


def check_readable(paths: Iterable[Path], root: Path) -> None:
    """Raise all that keeps articles from being drafted, before the work begins."""
    problems: list[ExplainerError] = []
    for path in paths:
        try:
            parse_article(read_article(path, root))
            read_notes(path, root)
        except ExplainerError as fault:
            problems.append(fault)
    raise_all(problems)


def version_of(job: Job) -> str:
    """Give one digest of all that drafts hang on besides the article: model, code, glossary."""
    name = job.model or installed_model()
    settings = repr((job.threshold, job.never))
    parts = (digest_of(name), code_digest(""), repr(job.entries), settings)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def state_of(path: Path, version: str) -> str:
    """Give one digest of an article with the files beside it, and of what drafts them."""
    total = hashlib.sha256(version.encode())
    for file in (path, path.with_suffix(".yaml"), notes_path(path)):
        content = read_bytes(file, file.name, ArticleError) if file.is_file() else b""
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def save_draft(path: Path, drafted: AnnotatedDocument, config: SiteConfig) -> list[str]:
    """Write one article's proposals beside it, and new entries to the glossary.

    What stands in those files already stays, comments and all. The article is kept beside
    its notes as it is now, so that they can be followed when it changes.

    Returns:
        The files that changed, as the user would name them.
    """
    suggested = config.content / "glossary" / "suggested.yaml"
    source = read_article(path, config.root)
    notes = read_notes(path, config.root) or Notes("")
    base = find_base(source, notes, drafted.document, path, config.root)
    changes = [
        ("notes", notes_path(path), propose_notes(drafted, _existing(notes_path(path)), base)),
        ("glossary", suggested, propose_entries(drafted.proposed, _existing(suggested))),
    ]
    written = []
    for kind, target, text in changes:
        existing = _existing(target)
        if text and text != existing:
            if existing is None and target.is_relative_to(config.root):
                text = with_schema(text, kind, target, config.root)
            write_atomically(target, text.encode())
            written.append(display_path(target, config.root))
    write_schemas(config.root)
    keep_base(path, drafted.document, config.root)
    return written


def keep_base(path: Path, document: Document, root: Path) -> None:
    """Keep the article beside its notes, if they are notes on its present text."""
    notes = read_notes(path, root)
    if notes and notes.text == f"sha256:{document.digest}":
        write_atomically(base_path(path), read_bytes(path, path.name, ArticleError))


def _existing(path: Path) -> str | None:
    return read_text(path, path.name, NotesError) if path.is_file() else None
