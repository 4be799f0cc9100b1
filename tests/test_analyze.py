from __future__ import annotations

from pathlib import Path

import pytest

from explainer import analyze
from explainer.analyze import Analyzer, lines_of, load_analyzer, verify_model
from explainer.errors import AnalyzerError
from explainer.model import Span


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return load_analyzer()


def test_lines_that_hold_only_white_space_are_no_paragraphs() -> None:
    assert lines_of("One\n\n  \nTwo") == (Span(0, 3), Span(8, 11))


def test_a_missing_model_is_told_in_one_line_with_what_to_install() -> None:
    with pytest.raises(AnalyzerError, match="pip install en-core-web-none"):
        load_analyzer("en_core_web_none")


def test_a_model_that_differs_from_the_one_we_know_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = analyze.FALLBACK
    known = {f"{name} {version}": {"meta.json": "0" * 64} for version in ("3.8.0",)}
    monkeypatch.setattr(analyze, "known_models", lambda: known)
    with pytest.raises(AnalyzerError, match="isn't the model we know"):
        verify_model(name)


def test_a_package_we_keep_no_digests_of_passes() -> None:
    verify_model("pytest")


@pytest.mark.nlp
def test_a_headline_without_a_full_stop_is_a_sentence_of_its_own(analyzer: Analyzer) -> None:
    text = "Mayor of Bonn resigns\nShe left on Tuesday."
    analysis = analyzer(text)
    firsts = [analysis.words[start].text for start, _ in analysis.sentences]
    assert "She" in firsts


@pytest.mark.nlp
def test_offsets_count_code_points_of_the_whole_text(analyzer: Analyzer) -> None:
    text = "🚆 A train\n\nleft — “slowly” — for Köln.\n"
    analysis = analyzer(text)
    assert [word.span.of(text) for word in analysis.words] == [w.text for w in analysis.words]
    assert all(0 <= word.head < len(analysis.words) for word in analysis.words)


@pytest.mark.nlp
def test_a_text_without_words_is_analyzed_as_well(analyzer: Analyzer) -> None:
    assert analyzer("").words == ()


@pytest.mark.nlp
def test_an_analysis_names_its_model_and_version(analyzer: Analyzer) -> None:
    name, _, version = analyzer("Rain.").model.rpartition("-")
    assert name.startswith("en_core_web")
    assert version[0].isdigit()


@pytest.mark.nlp
def test_spans_may_be_given_as_blocks(analyzer: Analyzer, tmp_path: Path) -> None:
    text = "One line\nbroken softly."
    assert len(analyzer(text, (Span(0, len(text)),)).sentences) == 1
