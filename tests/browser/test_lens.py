"""The source lens: what one source says, or what no source says, and the rest steps back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Reader
from .test_standards import violations
from .test_ways_of_reading import style

US = ("washington-warnings", "washington-asserts-supplies", "us-desperate", "washington-winter")
DENIED, DENIAL = "washington-asserts-supplies", "denial"


def row(page: Page, name: str) -> Locator:
    return page.locator(".speakers > li").filter(
        has=page.locator(".speaker-name").get_by_text(name, exact=True)
    )


def pick(page: Page, name: str) -> None:
    page.locator("#speakers").scroll_into_view_if_needed()
    row(page, name).get_by_role("button", name="Light up").click()
    expect(page.locator("#lens")).to_be_visible()


def lit(page: Page, how: str = "said") -> list[str]:
    found: list[str] = page.locator(f".claim[data-light={how}]").evaluate_all(
        "found => [...new Set(found.map((e) => e.dataset.attribution))]"
    )
    return found


def button(page: Page, name: str) -> Locator:
    return page.locator("#lens").get_by_role("button", name=name, exact=True)


class TestSource:
    def test_all_that_it_says_is_lit_and_nothing_else(self, reader: Reader) -> None:
        page = reader.open()
        pick(page, "United States government")
        assert lit(page) == list(US)
        ink = style(page.locator("h1"), "color")
        claims = page.locator(".claim").evaluate_all(
            "found => found.map((e) => [e.dataset.light ?? '', getComputedStyle(e).color])"
        )
        assert {how for how, color in claims if color == ink} == {"said", "counter"}
        assert style(page.locator(".claim-marker a").nth(1), "color") != ink

    def test_a_denial_is_shown_with_what_it_denies_and_each_names_the_other(
        self, reader: Reader
    ) -> None:
        page = reader.open()
        pick(page, "United States government")
        assert lit(page, "counter") == [DENIAL]
        button(page, "Next").click()
        place = page.locator(".lens-place")
        expect(place).to_contain_text("Denied in claim 11, Russian government and North Korean")
        page.keyboard.press("Escape")
        pick(page, "Russian government")
        assert lit(page, "counter") == [DENIED]
        expect(place).to_contain_text("Denies claim 9, United States government")
        claim = page.locator(f".claim[data-attribution={DENIED}]").first
        assert style(claim, "border-block-end-style") == "dashed"

    def test_the_buttons_go_from_claim_to_claim_and_round(self, reader: Reader) -> None:
        page = reader.open()
        pick(page, "United States government")
        seen = []
        for _ in range(5):
            current = page.locator(".claim[data-current]").first
            expect(current).to_be_in_viewport()
            seen.append(current.get_attribute("data-attribution"))
            button(page, "Next").click()
        assert seen == [*US, US[0]]
        button(page, "Previous").click()
        expect(page.locator(".lens-place")).to_contain_text("Claim 1 · 1 of 4 · official")

    def test_who_says_it_how_and_by_which_way_is_said_in_words(self, reader: Reader) -> None:
        page = reader.open()
        pick(page, "Andrei Lankov")
        expect(page.locator(".lens-who")).to_have_text("Andrei Lankov")
        expect(page.locator(".lens-place")).to_contain_text("expert · told AFP; reported, partly")
        expect(page.get_by_role("status")).to_contain_text("gentle diplomatic blackmail")
        marker = page.locator("#claim-lankov-blackmail")
        expect(marker).to_have_attribute(
            "aria-label", "19, who says so: Andrei Lankov, expert, told AFP"
        )

    def test_a_claim_s_pop_up_lights_up_the_others_of_its_source(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(f"#claim-{DENIED}").click()
        page.locator("#popup").get_by_role("button", name="Light up all 4 claims").click()
        expect(page.locator("#popup")).to_be_hidden()
        assert lit(page) == list(US)
        expect(page.locator(".claim[data-current]").first).to_have_attribute(
            "data-attribution", DENIED
        )

    def test_one_leaves_it_by_its_button_by_escape_or_by_picking_again(
        self, reader: Reader
    ) -> None:
        page = reader.open()
        picked = row(page, "RIA Novosti").get_by_role("button")
        leaving = (button(page, "Show the whole text"), page.locator("body"), picked)
        for way, key in zip(leaving, ("Enter", "Escape", "Enter"), strict=True):
            pick(page, "RIA Novosti")
            expect(picked).to_have_attribute("aria-pressed", "true")
            way.press(key)
            expect(page.locator("#lens")).to_be_hidden()
            expect(picked).to_have_attribute("aria-pressed", "false")
            assert lit(page) == []
            assert page.evaluate("document.documentElement.dataset.lens") is None


class TestBeforeTheScriptHasCome:
    """Whoever goes through the buttons of the page finds the lens, and can press it at once."""

    def test_the_buttons_are_there(self, reader: Reader) -> None:
        page = reader.open()
        lines = page.locator(".speakers > li").count()
        expect(page.get_by_role("button", name="Light up: ")).to_have_count(lines)
        expect(page.locator("#lens")).to_have_count(0)

    def test_one_that_is_pressed_lights_up(self, reader: Reader) -> None:
        page = reader.open()
        row(page, "Russian government").get_by_role("button").evaluate("e => e.click()")
        expect(page.locator(".lens-who")).to_have_text("Russian government")
        assert lit(page, "counter") == [DENIED]


class TestNoSource:
    def test_what_the_article_says_on_its_own_is_lit(self, reader: Reader) -> None:
        page = reader.open()
        pick(page, "No source")
        ink = style(page.locator("h1"), "color")
        own = page.locator(".own").evaluate_all(
            "found => found.map((e) => getComputedStyle(e).color)"
        )
        assert len(own) >= 7
        assert set(own) == {ink}
        assert style(page.locator(".claim").first, "color") != ink
        button(page, "Next").click()
        expect(page.locator(".own[data-current]").first).to_contain_text("The two may convene")
        expect(page.locator(".lens-place")).to_contain_text("2 of 7")

    def test_no_claim_and_no_words_of_who_makes_it_are_among_it(self, reader: Reader) -> None:
        page = reader.open()
        assert page.locator(".own .claim, .claim .own").count() == 0
        text = " ".join(page.locator(".own").all_inner_texts())
        for frame in ("sparking", "according to", "asserts", "told AFP", "have denied", "said"):
            assert frame not in text


class TestKeyboard:
    def test_all_of_it_without_a_pointer(self, reader: Reader) -> None:
        page = reader.open()
        page.locator(".skip").focus()
        row(page, "Andrei Lankov").get_by_role("button").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#lens")).to_be_focused()
        for _ in range(2):
            page.keyboard.press("Tab")
        expect(button(page, "Next")).to_be_focused()
        page.keyboard.press("Enter")
        current = page.locator(".claim[data-current]").first
        expect(current).to_have_attribute("data-attribution", "lankov-greatest-concern")
        page.keyboard.press("Escape")
        expect(page.locator("#lens")).to_be_hidden()
        here = page.evaluate("document.activeElement.dataset.attribution")
        assert here == "lankov-greatest-concern"
        expect(page.locator("#popup")).to_be_hidden()


class TestPhone:
    def test_by_touch_in_a_bar_that_leaves_the_text_its_room(self, reader: Reader) -> None:
        page = reader.open(width=390, height=844, has_touch=True)
        page.locator("#speakers").scroll_into_view_if_needed()
        row(page, "United States government").get_by_role("button").tap()
        button(page, "Next").tap()
        bar = page.locator("#lens").bounding_box()
        claim = page.locator(".claim[data-current]").first.bounding_box()
        assert bar
        assert claim
        assert bar["height"] <= 130
        assert claim["y"] + claim["height"] <= bar["y"]
        for one in page.locator("#lens button").all():
            box = one.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") == 390


class TestWithoutScript:
    def test_the_same_facts_are_a_list_with_links_both_ways(self, reader: Reader) -> None:
        page = reader.open(java_script_enabled=False)
        expect(page.locator("#lens")).to_have_count(0)
        expect(page.locator(".lens-pick").filter(visible=True)).to_have_count(0)
        for link in page.locator(".speaker-claims a").all():
            note = page.locator(link.get_attribute("href") or "")
            back = note.locator("a.source-number").get_attribute("href") or ""
            expect(page.locator(back)).to_have_attribute("href", f"#{note.get_attribute('id')}")
        denied, denial = (page.locator(f"#source-{one}") for one in (DENIED, DENIAL))
        expect(denied.locator(".dispute a")).to_have_attribute("href", f"#source-{DENIAL}")
        expect(denial.locator(".dispute a")).to_have_attribute("href", f"#source-{DENIED}")
        own = row(page, "No source")
        own.get_by_role("link").nth(1).click()
        expect(page.locator("#own-2")).to_be_in_viewport()


def test_a_claim_under_the_pointer_lights_up_what_denies_it(reader: Reader) -> None:
    page = reader.open()
    page.locator(f".claim[data-attribution={DENIED}]").first.hover()
    denial = page.locator(f".claim[data-attribution={DENIAL}]").first
    expect(denial).to_have_attribute("data-lit", "counter")
    page.locator("h1").hover()
    expect(denial).not_to_have_attribute("data-lit", "counter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["United States government", "No source"])
def test_what_stepped_back_can_still_be_read(reader: Reader, scheme: str, name: str) -> None:
    page = reader.open(color_scheme=scheme, reduced_motion="reduce")
    pick(page, name)
    assert violations(page) == []


def test_forced_colors_tell_what_is_lit(reader: Reader) -> None:
    page = reader.open(forced_colors="active")
    pick(page, "United States government")
    assert style(page.locator(".claim[data-light=said]").first, "outline-style") == "solid"
    assert style(page.locator(".claim:not([data-light])").first, "outline-style") == "none"


def test_on_paper_nothing_steps_back(reader: Reader) -> None:
    page = reader.open()
    pick(page, "United States government")
    page.emulate_media(media="print")
    expect(page.locator("#lens")).to_be_hidden()
    assert style(page.locator(".story"), "color") == style(page.locator("h1"), "color")
