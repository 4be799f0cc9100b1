"""axe-core and the Nu checker find nothing on any page, in any state."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .conftest import ARTICLE, REPOSITORY, Reader, Served

TOOLS = REPOSITORY / "tests" / "node_modules"
AXE = TOOLS / "axe-core" / "axe.min.js"
NU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"

LOOKS = [
    pytest.param(scheme, width, id=f"{scheme}-{width}")
    for scheme in ("light", "dark")
    for width in (390, 1280)
]

OTHERS = (("light", 390), ("dark", 1280))
"""In which one page of each sort stands for all of them."""


def one_of_each(paths: Iterable[str]) -> list[str]:
    """The first page of each folder, and all that stand in none."""
    chosen = {path.rpartition("/")[0] or path: path for path in sorted(paths, reverse=True)}
    return sorted(chosen.values())


def violations(page: Page) -> list[tuple[str, str]]:
    """Each broken rule with the first element that breaks it."""
    page.evaluate(AXE.read_text(encoding="utf-8") + "; 0")
    found: dict[str, Any] = page.evaluate("axe.run()")
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
class TestAxe:
    def test_on_every_page(self, reader: Reader, scheme: str, width: int) -> None:
        page = reader.open(width=width, color_scheme=scheme, reduced_motion="reduce")
        faults, pages = {}, reader.site.pages
        for path in one_of_each(reader.site.pages) if (scheme, width) in OTHERS else pages:
            page.goto(reader.site.url + path)
            if found := violations(page):
                faults[path] = found
        assert faults == {}

    @pytest.mark.parametrize("trigger", ["a.mention >> nth=3", ".claim-marker a >> nth=1"])
    def test_with_the_pop_up_open(
        self, reader: Reader, scheme: str, width: int, trigger: str
    ) -> None:
        page = reader.open(ARTICLE, width=width, color_scheme=scheme, reduced_motion="reduce")
        page.locator(trigger).click()
        page.locator("#popup:popover-open").wait_for()
        assert violations(page) == []

    def test_with_every_card_open(self, reader: Reader, scheme: str, width: int) -> None:
        page = reader.open(ARTICLE, width=width, color_scheme=scheme, reduced_motion="reduce")
        page.locator("details").evaluate_all("all => all.forEach((e) => { e.open = true; })")
        assert violations(page) == []


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("ar", "light", 390), ("ar", "dark", 1280), ("ko", "dark", 390), ("es", "light", 1280),
     ("fr", "dark", 390)],
)  # fmt: skip
def test_axe_in_every_language(
    browser: Browser, tongues: Served, language: str, scheme: str, width: int
) -> None:
    reader = Reader(browser, tongues)
    page = reader.open(
        f"articles/lighthouse-{language}.html",
        width=width, color_scheme=scheme, reduced_motion="reduce",
    )  # fmt: skip
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("a.mention").first.click()
    page.locator("#popup:popover-open").wait_for()
    assert violations(page) == []
    reader.close()
    assert reader.complaints == []


def test_an_arabic_page_runs_from_right_to_left(browser: Browser, tongues: Served) -> None:
    """Its cards stand on the left, its list of notes starts on the right."""
    reader = Reader(browser, tongues)
    page = reader.open("articles/lighthouse-ar.html")
    story, card = page.locator(".story").bounding_box(), page.locator(".card").bounding_box()
    assert story
    assert card
    assert card["x"] + card["width"] < story["x"] + 1
    reader.close()


def test_axe_would_find_something(reader: Reader) -> None:
    page = reader.open()
    page.evaluate("document.querySelector('.masthead nav').innerHTML = '<img src=x.png>'")
    reader.complaints.clear()
    assert "image-alt" in dict(violations(page))
    reader.complaints.clear()


def test_the_nu_checker_finds_no_error(demo: Served, tongues: Served) -> None:
    folders = [str(demo.folder), str(tongues.folder)]
    command = ["java", "-jar", str(NU), "--errors-only", "--skip-non-html", *folders]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
