"""Templates and static files: the site's own first, mistakes told with their line."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from explainer.errors import ThemeError
from explainer.language import language_of
from explainer.model import PlainPage, Site
from explainer.theme import BUNDLES, Templates, Theme, find_theme
from tests.making import ROOT, write_files

ENGLISH = language_of("en")


def templates(root: Path, **own: str) -> Templates:
    """The templates of a site at `root` that has `own` ones, such as ``article``."""
    files = {f"templates/{name.replace('__', '/')}.html": text for name, text in own.items()}
    return Templates(find_theme(write_files(root, files)))


def fault_of(root: Path, text: str) -> str:
    with pytest.raises(ThemeError) as caught:
        templates(root, page=text).render("page.html", "", ENGLISH, page=None)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("one\n{% if %}", "templates/page.html:2"),
        ("one\ntwo\n{% for x in y %}", "templates/page.html:3"),
        ("{{ 'open }}", "templates/page.html:1"),
        ("one\n{{ nothing }}", "templates/page.html:2"),
        ("one\n{{ page.nothing }}", "templates/page.html:2"),
        ("{% for x in nothing %}{% endfor %}", "templates/page.html:1"),
        ("one\n{{ 1 / 0 }}", "templates/page.html:2"),
        ("one\n{{ 'a' + 1 }}", "templates/page.html:2"),
        ("one\n\n{{ page() }}", "templates/page.html:3"),
        ("one\n{{ nothing() }}", "templates/page.html:2"),
        ("one\n{{ ([] | map('upper')).__next__() }}", "templates/page.html:2"),
        ("{{ asset('js/none.js') }}", "static/js/none.js"),
        ("{% include 'none.html' %}", "page.html"),
        ("{{ [] | first | upper }}\n", "templates/page.html:1"),
        ("{{ x | no_such_filter }}", "templates/page.html:1"),
        ("{% include 'page.html' %}", "templates/page.html:1"),
    ],
)
def test_a_mistake_is_told_with_template_and_line(text: str, place: str, tmp_path: Path) -> None:
    assert fault_of(tmp_path, text).startswith(f"{place}: ")


def test_text_in_a_page_is_no_markup(tmp_path: Path) -> None:
    own = templates(
        tmp_path,
        page="{% macro said(text) %}<q>{{ text }}</q>{% endmacro %}{{ page }} {{ page | upper }} "
        "{{ said(page) }}{% for one in [page] %}{{ said(one) }} {{ loop.cycle(page) }}{% endfor %}",
    )
    text = "&amp;&lt;A b=&#39;&#34;&gt;"
    shown = own.render("page.html", "", ENGLISH, page="&<A b='\">")
    assert shown == f"{text} {text.replace('b', 'B')} <q>{text}</q><q>{text}</q> {text}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% set one = {'a': 1} %}{{ one.a }}", "1"),
        ("{% block x %}-{% endblock %}{{ self.x() }}", "--"),
        ("{{ page.nothing is defined }} {{ 'x'.upper() }} {{ (1).real }}", "False X 1"),
        ("{% macro m() %}{{ caller(2) }}{% endmacro %}{% call(n) m() %}{{ n }}{% endcall %}", "2"),
        ("{% for x in 'ab' %}{{ loop.index }}{{ loop.cycle('y', 'z') }}{% endfor %}", "1y2z"),
    ],
)  # fmt: skip
def test_a_template_may_do_all_that_jinja_does(text: str, shown: str, tmp_path: Path) -> None:
    assert templates(tmp_path, page=text).render("page.html", "", ENGLISH, page=None) == shown


def test_indentation_is_left_out_but_where_it_is_seen_or_wanted(tmp_path: Path) -> None:
    inner = "<ul>\n  <li>\n    {{ page }}\n    and more</li>\n</ul>"
    kept = f"<pre>\n{inner}\n</pre>"
    own = templates(tmp_path, page=inner, kept=kept)
    short = "<ul>\n<li>\nx\n    and more</li>\n</ul>"
    assert own.render("page.html", "", ENGLISH, page="x") == short
    assert own.render("kept.html", "", ENGLISH, page="x") == kept.replace("{{ page }}", "x")
    own = Templates(find_theme(tmp_path), minify=False)
    assert own.render("page.html", "", ENGLISH, page="x") == inner.replace("{{ page }}", "x")


def test_a_mistake_in_a_partial_is_told_there(tmp_path: Path) -> None:
    own = templates(tmp_path, page="{% include 'partials/x.html' %}", partials__x="a\n{{ b }}")
    with pytest.raises(ThemeError, match=r"^templates/partials/x\.html:2: "):
        own.render("page.html", "", ENGLISH)


def test_a_partial_has_its_own_names_and_is_known_anew_when_it_changes(tmp_path: Path) -> None:
    kept: dict[str, bytes] = {}
    page = "{% for x in page %}{% include 'partials/x.html' %}{{ x }}{% endfor %}"
    templates(tmp_path, page=page, partials__x="{% set x = x + 1 %}{% include 'partials/y.html' %}")
    for part, shown in (("-{{ x }} ", "-2 1-3 2"), ("+{{ x }} ", "+2 1+3 2")):
        templates(tmp_path, partials__y=part)
        own = Templates(find_theme(tmp_path), kept)
        assert own.render("page.html", "", ENGLISH, page=(1, 2)) == shown


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../secret.html", "../../../../etc/passwd", "partials/../../secret.html",
     "..\\\\secret.html", "/secret.html"],
)  # fmt: skip
def test_a_template_reads_no_file_outside_the_theme(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {"secret.html": "the secret"})
    fault = fault_of(tmp_path, f"{{% include '{name}' %}}")
    assert "no template" in fault


@pytest.mark.parametrize("markup", ["<script>", '" onload="x', "a & b", "'"])
def test_what_a_page_says_is_escaped(markup: str, tmp_path: Path) -> None:
    shown = templates(tmp_path, page='<p title="{{ page }}">').render(
        "page.html", "", ENGLISH, page=markup
    )
    assert shown == f'<p title="{shown[10:-2]}">'
    assert not set("<>\"'") & set(shown[10:-2])


def test_a_site_overrides_one_file_and_keeps_the_rest(tmp_path: Path) -> None:
    own = templates(tmp_path, partials__card="mine")
    assert own.render("partials/card.html", "", ENGLISH) == "mine"
    assert own.render("404.html", "", ENGLISH, **_missing()) != "mine"


def _missing() -> dict[str, object]:
    return {"page": PlainPage("404.html", "/", "x", "", "en"), "site": Site("x", "en", "", "")}


def test_an_assets_address_changes_exactly_when_its_bytes_do(tmp_path: Path) -> None:
    def address(css: str, root: str = "") -> str:
        write_files(tmp_path, {"static/css/own.css": css, "static/other.css": css * 2})
        return templates(tmp_path, page="{{ asset('css/own.css') }}").render(
            "page.html", root, ENGLISH
        )

    assert address("a") == address("a") != address("b")
    assert address("a", "../").startswith("../static/css/own.css?v=")


def test_static_files_leave_out_what_is_hidden_or_leads_away(tmp_path: Path) -> None:
    folder = tmp_path / "theme"
    write_files(folder, {"static/a.css": "", "static/.hidden": "", "static/b.css~": "", "x": ""})
    (folder / "static" / "out.txt").symlink_to(folder / "x")
    (folder / "static" / "in.css").symlink_to("a.css")
    (folder / "static" / "loop").symlink_to(".")
    assert {"a.css", "in.css"} == {
        name for name in Theme((folder,)).static_files() if not name.endswith("~")
    }


def test_this_checkout_is_its_own_theme() -> None:
    assert find_theme(ROOT).folders == (ROOT,)


STYLE = "/* why */\n.note {\n  color: red;\n}\n"
SCRIPT = "// why\nconst one = 1;\n\nconst two = `a  b`;\n"


class TestWhatIsWritten:
    def test_style_and_script_lose_comments_and_spaces(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"static/css/own.css": STYLE, "static/js/own.js": SCRIPT})
        own = templates(tmp_path)
        assert own.read_asset("css/own.css") == b".note{color:red}"
        assert own.read_asset("js/own.js") == b"const one=1;const two=`a  b`;"

    def test_unless_the_settings_say_so(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"static/css/own.css": STYLE})
        own = Templates(find_theme(tmp_path), minify=False)
        assert own.read_asset("css/own.css") == STYLE.encode()

    def test_what_is_neither_stays_as_it_is(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"static/icon.svg": STYLE})
        assert templates(tmp_path).read_asset("icon.svg") == STYLE.encode()

    def test_bytes_that_are_no_text_break_nothing(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"static/css/own.css": b"a { content: '\xff' }"})
        assert b"\xff" in templates(tmp_path).read_asset("css/own.css")

    @pytest.mark.parametrize("bundle", BUNDLES)
    def test_a_bundle_is_written_for_its_parts(self, bundle: str, tmp_path: Path) -> None:
        own = Templates(find_theme(tmp_path), minify=False)
        parts = BUNDLES[bundle]
        assert own.read_asset(bundle) == b"".join(map(own.read_asset, parts))
        assert bundle in own.assets()
        assert not set(parts) & set(own.assets())

    def test_a_site_replaces_one_part_or_all_of_a_bundle(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"static/css/tokens.css": STYLE})
        css = templates(tmp_path).read_asset("css/site.css")
        assert b"}.note{color:red}" in css
        assert b"@font-face" in css
        write_files(tmp_path, {"static/css/site.css": STYLE})
        assert templates(tmp_path).read_asset("css/site.css") == b".note{color:red}"

    def test_what_is_not_there_is_told_by_name(self, tmp_path: Path) -> None:
        with pytest.raises(ThemeError, match=r"no static file .css/none\.css."):
            templates(tmp_path).read_asset("css/none.css")


def test_every_color_and_every_size_of_type_is_a_token() -> None:
    """What a look changes, it changes in look.css; sizes in em go with what is around them."""
    raw = []
    for path in sorted((ROOT / "static/css").glob("*.css")):
        if path.name in ("tokens.css", "look.css"):
            continue
        text = re.sub(
            r"/\*.*?\*/|url\([^)]*\)|^\s*--[^;]*;", "", path.read_text("utf-8"), flags=re.S | re.M
        )
        raw += [(path.name, one) for one in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", text)]
        raw += [(path.name, one) for one in re.findall(r"\b(?:rgb|hsl|oklch|oklab)a?\(", text)]
        sizes = re.findall(r"font(?:-size)?:[^;]*?[\d.]+(?:rem|px|pt)\b", text)
        raw += [(path.name, one) for one in sizes]
    assert raw == []


def test_a_message_without_values_is_in_each_pages_own_words_and_escaped(tmp_path: Path) -> None:
    text = """{{ say('Back to the text') }}|{{ say("Sources") | upper }}|{{ say('a < "b"') }}"""
    own = templates(tmp_path, page=text)
    assert own.render("page.html", "", ENGLISH) == "Back to the text|SOURCES|a &lt; &#34;b&#34;"
    french = own.render("page.html", "", language_of("fr"))
    assert french == "Retour au texte|SOURCES|a &lt; &#34;b&#34;"
    assert own.render("page.html", "", language_of("de")) == own.render("page.html", "", ENGLISH)


@pytest.mark.parametrize(
    ("names", "most", "most_compressed"),
    [
        # What a browser loads before an article can be read.
        (("css/article.css",), 17_000, 5_200),
        (("css/print.css",), 2_000, 950),
        (("js/early.js", "js/article.js"), 5_500, 2_400),
        # What comes when a reader first moves toward a mark.
        (("css/reader.css", "js/reader.js"), 18_700, 6_400),
    ],
)
def test_a_page_loads_little(
    names: tuple[str, ...], most: int, most_compressed: int, tmp_path: Path
) -> None:
    contents = [templates(tmp_path).read_asset(name) for name in names]
    assert sum(map(len, contents)) <= most
    assert sum(len(gzip.compress(one, 9, mtime=0)) for one in contents) <= most_compressed


def test_what_an_article_loads_is_under_eight_kilobytes_compressed(tmp_path: Path) -> None:
    names = ("css/article.css", "js/early.js", "js/article.js")
    contents = [templates(tmp_path).read_asset(name) for name in names]
    assert sum(len(gzip.compress(one, 9, mtime=0)) for one in contents) < 8 * 1024
