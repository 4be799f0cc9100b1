"""Every way of reading: no script, from disk, under a strict policy, small, dark, on paper."""

from __future__ import annotations

import re
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import ARTICLE, SUB_PATH, Reader

KINDS = (
    ARTICLE, "index.html", "glossary/index.html", "glossary/vladivostok.html", "about.html",
    "404.html",
)  # fmt: skip


def style(element: Locator, name: str, pseudo: str = "") -> str:
    """What the browser makes of a CSS property, of an element or what stands before or after it."""
    call = "(e, [name, pseudo]) => getComputedStyle(e, pseudo || null).getPropertyValue(name)"
    return str(element.evaluate(call, [name, pseudo]))


def lightness(color: str) -> float:
    """0 for black, 1 for white, of an rgb() as computed styles have it."""
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", color)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def without_script(reader: Reader, width: int = 1280) -> Page:
    return reader.open(width=width, java_script_enabled=False)


class TestWithoutScript:
    @pytest.mark.parametrize("width", [390, 1280])
    def test_everything_is_open(self, reader: Reader, width: int) -> None:
        page = without_script(reader, width)
        for part in page.locator(".card-body, .note, .speakers li").all():
            expect(part).to_be_visible()
        assert page.locator(".card details:not([open])").count() == 0

    def test_a_mention_leads_to_its_note_and_back(self, reader: Reader) -> None:
        page = without_script(reader)
        page.locator("#mention-vladimir-putin").click()
        assert page.url.endswith("#entry-vladimir-putin")
        expect(page.locator("#entry-vladimir-putin")).to_be_in_viewport()
        page.locator("#entry-vladimir-putin a.back").click()
        expect(page.locator("#mention-vladimir-putin")).to_be_in_viewport()

    def test_a_claim_leads_to_its_source_and_back(self, reader: Reader) -> None:
        page = without_script(reader)
        marker = page.locator(".claim-marker a").last
        marker.click()
        note = page.locator(marker.get_attribute("href") or "")
        expect(note).to_be_in_viewport()
        expect(note).to_contain_text("Andrei Lankov")
        note.locator("a.back").click()
        expect(marker).to_be_in_viewport()


OLD = """
  delete Array.prototype.with;
  delete Array.prototype.at;
  for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover'])
    delete HTMLElement.prototype[name];
"""


class TestInAnOldBrowser:
    """Without what came from 2021 on; a script that stumbles is a complaint."""

    def old(self, reader: Reader) -> Page:
        page = reader.open("about.html")
        page.add_init_script(OLD)
        page.goto(reader.site.url + ARTICLE)
        return page

    def test_cards_have_their_places_and_a_mention_is_a_link(self, reader: Reader) -> None:
        page = self.old(reader)
        expect(page.locator(".card").first).to_have_css("position", "absolute")
        tops = page.locator(".card").evaluate_all("all => all.map(e => e.style.top)")
        assert all(tops)
        page.locator("#mention-vladimir-putin").click()
        expect(page.locator("#entry-vladimir-putin")).to_be_in_viewport()

    def test_the_lens_works(self, reader: Reader) -> None:
        page = self.old(reader)
        page.locator(".lens-pick").first.click()
        expect(page.locator("#lens")).to_be_visible()
        assert page.locator(".claim[data-light=said]").count()


SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  const seen = (list) => list.getEntries().forEach((one) => (sum += one.value));
  const watching = new PerformanceObserver(seen);
  watching.observe({ type: 'layout-shift', buffered: true });
  document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => {
    seen({ getEntries: () => watching.takeRecords() });
    done(sum);
  })));
})"""


@pytest.mark.parametrize("path", [ARTICLE, "index.html", "glossary/index.html"])
def test_nothing_moves_while_a_page_comes(reader: Reader, path: str) -> None:
    """Faces are asked for before the style says that they are needed."""
    page = reader.open(path)
    assert page.evaluate(SHIFTED) < 0.05
    faces = page.locator("link[rel=preload][as=font]").evaluate_all("all => all.map(e => e.href)")
    assert [one.split("/")[-1] for one in faces] == ["serif-roman.woff2", "sans.woff2"]


class TestAddresses:
    def test_from_disk_the_page_is_the_same(self, reader: Reader) -> None:
        page = reader.open((reader.site.folder / ARTICLE).as_uri())
        page.locator("#mention-vladimir-putin").click()
        expect(page.locator("#popup")).to_be_visible()
        family = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
        assert "Explainer Serif" in " ".join(page.evaluate(family))

    def test_cyrillic_has_the_theme_s_own_face(self, reader: Reader) -> None:
        page = reader.open("glossary/vladivostok.html")
        page.locator(".head .original").wait_for()
        loaded = "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
        assert "Explainer Cyrillic" in " ".join(page.evaluate(loaded))

    def test_every_link_leads_somewhere_under_the_sub_path(self, reader: Reader) -> None:
        """Not only the page: also the id in it."""
        page = reader.open("index.html")
        ids: dict[str, set[str]] = {}
        wanted: set[tuple[str, str]] = set()
        for path in reader.site.pages:
            here = reader.site.url + path
            page.goto(here)
            ids[here] = set(page.locator("[id]").evaluate_all("all => all.map(e => e.id)"))
            links = page.locator("a[href]").evaluate_all(
                "all => all.map(e => e.getAttribute('href'))"
            )
            for link in links:
                address, fragment = urldefrag(urljoin(here, link))
                if address.startswith(reader.site.url):
                    wanted.add((address, unquote(fragment)))
                else:
                    assert address.startswith(("http://", "https://")), (path, link)
                    assert "127.0.0.1" not in address, (path, link)
        assert len(wanted) > 100
        dead = [one for one in wanted if one[0].endswith(".html") and one[0] not in ids]
        lost = [one for one in wanted if one[1] and one[1] not in ids.get(one[0], {one[1]})]
        files = [one[0] for one in wanted if not one[0].endswith(".html")]
        missing = [
            url
            for url in files
            if not (reader.site.folder / url.removeprefix(reader.site.url)).is_file()
        ]
        assert (dead, lost, missing) == ([], [], [])

    @pytest.mark.parametrize("path", KINDS)
    def test_all_that_a_page_asks_for_is_its_own_and_there(self, reader: Reader, path: str) -> None:
        page = reader.open("index.html")
        answers: list[tuple[str, int]] = []
        page.on("response", lambda one: answers.append((one.url, one.status)))
        page.goto(reader.site.url + path)
        page.evaluate("document.fonts.ready.then(() => null)")
        assert len(answers) > 4
        assert [one for one in answers if one[1] not in (200, 304) or SUB_PATH not in one[0]] == []

    def test_the_policy_is_sent_and_bites(self, reader: Reader) -> None:
        """Else no console error would mean nothing."""
        page = reader.open()
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), "
                      "{ textContent: 'window.broken = 1' }))")  # fmt: skip
        assert page.evaluate("window.broken") is None
        assert any("Content Security Policy" in one for one in reader.complaints)
        reader.complaints.clear()


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("width", [320, 390, 640, 768, 1280, 1600, 2560])
def test_no_page_scrolls_sideways(reader: Reader, path: str, width: int) -> None:
    page = reader.open(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", KINDS)
def test_no_page_scrolls_sideways_from_right_to_left(reader: Reader, path: str) -> None:
    page = reader.open(path, width=390)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_lines_have_the_length_that_reads_well(reader: Reader) -> None:
    page = reader.open()
    length = page.evaluate("""() => {
      const full = [...document.querySelectorAll('.story p:not(.card p)')].map((p) => {
        const lines = p.offsetHeight / parseFloat(getComputedStyle(p).lineHeight);
        return lines > 2.5 ? p.textContent.length / (lines - 0.5) : 0;
      }).filter(Boolean);
      return full.reduce((a, b) => a + b) / full.length;
    }""")
    assert 58 <= length <= 72


class TestEyes:
    def test_dark_is_dark_and_light_is_light(self, reader: Reader) -> None:
        for scheme, paper, ink in (("dark", 0.15, 0.7), ("light", 0.95, 0.2)):
            page = reader.open(color_scheme=scheme)
            found = lightness(style(page.locator("html"), "background-color"))
            text = lightness(style(page.locator("body"), "color"))
            assert (found < paper, text > ink) == (scheme == "dark", scheme == "dark")

    def test_kinds_differ_by_line_and_standings_by_shape(self, reader: Reader) -> None:
        page = reader.open()
        lines = {
            kind: (
                style(page.locator(f"a.mention[data-kind={kind}]").first, "text-decoration-style"),
                style(
                    page.locator(f"a.mention[data-kind={kind}]").first, "text-decoration-thickness"
                ),
            )
            for kind in ("person", "place", "organization", "outlet", "event", "term")
        }
        assert len(set(lines.values())) == len(lines)
        shapes = {
            name: style(
                page.locator(f".standing[data-standing={name}]").first, "clip-path", "::before"
            )
            for name in ("official", "expert", "media", "anonymous")
        }
        assert len(set(shapes.values())) == len(shapes)

    def test_forced_colors_still_show_what_is_lit(self, reader: Reader) -> None:
        page = reader.open(forced_colors="active")
        passage = page.locator(".passage[data-card=visit-2019]").first
        assert style(passage, "outline-style") == "none"
        assert style(passage, "border-block-end-style") == "solid"
        page.locator("#passage-visit-2019").focus()
        assert style(passage, "outline-style") == "solid"

    def test_reduced_motion_stops_all(self, reader: Reader) -> None:
        moving = reader.open(reduced_motion="no-preference").locator(".claim").first
        still = reader.open(reduced_motion="reduce").locator(".claim").first
        for claim in (moving, still):
            claim.hover()  # what moves comes with what answers a reader
            expect(claim).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
        assert style(moving, "transition-duration") != "0s"
        assert style(still, "transition-duration") == "0s"


class TestPaper:
    def printed(self, reader: Reader, width: int = 390) -> Page:
        """From a phone, where on screen all cards are folded."""
        page = reader.open(width=width)
        page.emulate_media(media="print")
        expect(page.locator(".masthead nav")).to_be_hidden()  # the sheet has come
        return page

    def test_cards_and_notes_are_there_in_full(self, reader: Reader) -> None:
        page = self.printed(reader)
        cut = page.evaluate("""() => [...document.querySelectorAll('.card-body, .note, .note-text')]
          .filter((e) => !e.checkVisibility({ contentVisibilityAuto: true })
            || e.getBoundingClientRect().height < 10
            || e.scrollHeight > e.clientHeight + 2 && getComputedStyle(e).overflow !== 'visible')
          .map((e) => e.parentElement.id || e.className)""")
        assert page.locator(".card-body").count() >= 7
        assert cut == []

    def test_what_only_a_screen_can_use_is_gone(self, reader: Reader) -> None:
        page = self.printed(reader)
        for selector in (".masthead nav", ".back:not(.source-number)", ".key", ".passage-marker"):
            assert page.locator(selector).count() > 0
            expect(page.locator(selector).first).to_be_hidden()

    def test_addresses_of_sources_are_spelled_out(self, reader: Reader) -> None:
        link = self.printed(reader).locator(".references a").first
        href = link.get_attribute("href")
        assert style(link, "content", "::after") == f'" {href}"'

    def test_the_nth_new_name_in_the_text_is_the_nth_note(self, reader: Reader) -> None:
        page = self.printed(reader)
        named = page.locator(".story .mention[id]").evaluate_all(
            "all => all.map(e => e.dataset.entry)"
        )
        notes = page.locator(".notes > li").evaluate_all("all => all.map(e => e.id.slice(6))")
        assert len(named) > 20
        assert named == notes[: len(named)]
        mark = page.locator(".story .mention[id]").first
        assert "counter" in style(mark, "content", "::after")

    def test_passages_without_a_source_are_there_and_the_map_keeps_its_list(
        self, reader: Reader
    ) -> None:
        page = self.printed(reader)
        expect(page.locator(".own-list li").first).to_be_visible()
        assert style(page.locator(".story-map"), "break-inside") == "avoid"

    def test_a_pdf_comes_out(self, reader: Reader) -> None:
        page = reader.open(width=390)
        pdf = page.pdf(format="A4")
        assert pdf.startswith(b"%PDF")
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 5
