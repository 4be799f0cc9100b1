from __future__ import annotations

import pytest

from explainer.analyses import code_digest, dump_analysis, load_analysis
from explainer.analyze import load_analyzer
from explainer.model import Analysis
from tests.annotate.drafted import tag_words

TEXT = "Köln\n\u2028Ada’s 𝔘mlaut — she spoke.\n"


def test_an_analysis_comes_back_as_it_was() -> None:
    for analysis in (tag_words(TEXT), Analysis("none", (), (), ())):
        assert load_analysis(dump_analysis(analysis), TEXT) == analysis


@pytest.mark.nlp
def test_what_a_model_made_comes_back_as_it_was() -> None:
    analysis = load_analyzer()("Ada Brandt left Bonn.\nShe said: “No.”")
    again = load_analysis(dump_analysis(analysis), "Ada Brandt left Bonn.\nShe said: “No.”")
    assert again == analysis


def test_bytes_that_are_no_analysis_give_none() -> None:
    good = dump_analysis(tag_words(TEXT))
    for bad in (b"", b"x", good[:-5], good[: len(good) // 2]):
        assert load_analysis(bad, TEXT) is None


def test_the_digest_of_our_code_is_that_of_its_files() -> None:
    assert code_digest("analyze.py") != code_digest("analyses.py")
    assert code_digest("annotate") == code_digest("annotate")
