"""The language model, loaded once."""

from __future__ import annotations

import pytest

from explainer.analyze import Analyzer, load_analyzer


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return load_analyzer()
