"""The interface in five languages: nothing untranslated, nothing outside the catalogs."""

from __future__ import annotations

import re
import string
import subprocess
import sys

import jinja2
import pytest
from babel import Locale
from babel.messages import Catalog

from explainer.edtf import parse_edtf
from explainer.language import LANGUAGES, direction_of, language_of
from tests.making import ROOT
from tests.messages import messages, read_catalog, sources

TRANSLATED = [language for language in LANGUAGES if language != "en"]
TEMPLATES = sorted(path for method, path in sources() if method == "jinja2")
SPOKEN_ATTRIBUTES = re.compile(r"""\b(?:aria-label|title|alt|placeholder|data-label)="([^"]*)""")

SHOWN = re.compile(
    r"""content:\s*["']([^"']*)|(?:textContent|innerHTML|title|ariaLabel)\s*=\s*['`]([^'`]*)"""
)

each_language = pytest.mark.parametrize("language", TRANSLATED)


def said(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each message's forms in English with those of the catalog."""
    pairs = ((one.id, one.string) for one in catalog if one.id)
    return {_forms(message): _forms(text) for message, text in pairs}


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text or ""),)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


# ---- the catalogs


@each_language
def test_every_message_is_translated_and_nothing_else(language: str) -> None:
    translated = said(read_catalog(language))
    assert set(translated) == set(said(messages())), "run python -m tests.messages, then translate"
    assert [message for message, forms in translated.items() if not all(forms)] == []


@each_language
def test_a_translation_says_all_that_the_message_does(language: str) -> None:
    """A form for one, two or none may say the number in a word."""
    for message, forms in said(read_catalog(language)).items():
        wanted = fields(message[-1])
        for form in forms:
            missing = wanted - fields(form)
            assert fields(form) <= wanted, form
            assert missing <= ({"number"} if len(message) > 1 else set()), form


@each_language
def test_each_number_takes_the_form_that_cldr_has_for_it(language: str) -> None:
    catalog, rule = read_catalog(language), Locale(language).plural_form
    order = [one for one in ("zero", "one", "two", "few", "many", "other") if one in rule.tags]
    order = [one for one in order if one != "many"] if language in ("es", "fr") else order
    assert catalog.num_plurals == len([*order, "other"])
    names = {number: rule(number) for number in range(1000)}
    chosen = eval(f"lambda n: {_as_python(catalog.plural_expr)}")
    assert {n: [*order, "other"][int(chosen(n))] for n in names} == names


def _as_python(expression: str) -> str:
    """A plural rule of C as Python has it: a ? b : c."""
    text = expression.strip("()").replace("&&", " and ")
    parts = [part.strip() for part in text.split(":")]
    for part in reversed(parts[:-1]):
        test, _, value = part.partition("?")
        parts[-1] = f"({value.strip()} if {test.strip()} else {parts[-1]})"
    return parts[-1]


def test_arabic_counts_in_six_forms() -> None:
    arabic = language_of("ar")
    counted = [
        arabic.counted("{number} mention", "{number} mentions", n) for n in (0, 1, 2, 3, 11, 100)
    ]
    assert counted == ["لا إشارات", "إشارة واحدة", "إشارتان", "3 إشارات", "11 إشارة", "100 إشارة"]


# ---- the templates


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_is_left_in_a_template(path: object) -> None:
    source = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    pieces = jinja2.Environment().lex(source)
    data = "\0".join(value for _, kind, value in pieces if kind == "data")
    spoken = "".join(SPOKEN_ATTRIBUTES.findall(data))
    text = re.sub(r"<!DOCTYPE html>|&\w+;|<[^<>]*>?|^[^<>]*>", " ", data)
    assert re.findall(r"[A-Za-z]{2,}", spoken) == []
    assert re.findall(r"(?<![\w=\"-])[A-Za-z]{2,}(?![\w=\"-])", text) == []


def test_no_word_is_left_in_scripts_and_styles() -> None:
    """They show what the templates hand them."""
    found = []
    for path in [*(ROOT / "static/css").glob("*.css"), *(ROOT / "static/js").glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        words = [re.sub(r"\$\{[^}]*", "", "".join(one)) for one in SHOWN.findall(text)]
        found += [(path.name, one) for one in words if re.search(r"[A-Za-z]{2,}", one)]
    assert found == []


# ---- a language at work


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019", "2019"),
        ("2019-04", "April 2019"),
        ("2019-04-05", "April 5, 2019"),
        ("1948~", "about 1948"),
        ("1948?", "perhaps 1948"),
        ("1948%", "perhaps about 1948"),
        ("194X", "the 1940s"),
        ("19XX", "the 20th century"),
        ("20XX", "the 21st century"),
        ("12XX", "the 13th century"),
        ("2022-21", "spring 2022"),
        ("2022-XX", "2022"),
        ("-0043", "44 BCE"),
        ("0000", "1 BCE"),
        ("0800", "800"),
        ("2022-02-24/..", "since February 24, 2022"),
        ("../1991", "until 1991"),
        ("1948/1950", "1948 – 1950"),
    ],
)
def test_a_date_in_english(text: str, words: str) -> None:
    assert language_of("en").date(parse_edtf(text)) == words


@pytest.mark.parametrize(
    ("tag", "text", "words"),
    [
        ("en-GB", "2019-04-25", "25 April 2019"),
        ("es", "2019-04-25", "25 de abril de 2019"),
        ("fr", "2019-04-25", "25 avril 2019"),
        ("ar", "2019-04-25", "25 أبريل 2019"),
        ("ko-KR", "2019-04-25", "2019년 4월 25일"),
        ("ko", "2019", "2019년"),
        ("fr", "2022-02-24/..", "depuis le 24 février 2022"),
        ("fr", "2022/..", "depuis 2022"),
        ("fr", "../1991", "jusqu’en 1991"),
        ("fr", "../2022-21", "printemps 2022 au plus tard"),
        ("fr", "../1948~", "env. 1948 au plus tard"),
        ("es", "2022-02-24~/..", "desde aprox. el 24 de febrero de 2022"),
        ("es", "../1991-12", "hasta diciembre de 1991"),
        ("ko", "1948~/..", "1948년경부터"),
        ("ko", "-0043-03", "기원전 44년 3월"),
        ("es", "19XX", "el siglo XX"),
        ("fr", "00XX", "le Ier siècle"),
        ("fr", "19XX", "le XXe siècle"),
        ("ar", "194X", "عقد 1940"),
        ("de", "2019-04-25", "April 25, 2019"),
    ],
)
def test_a_date_in_other_languages(tag: str, text: str, words: str) -> None:
    assert language_of(tag).date(parse_edtf(text)) == words


@pytest.mark.parametrize(
    ("tag", "items", "words"),
    [
        ("en", (), ""),
        ("en", ("a",), "a"),
        ("en", ("a", "b"), "a and b"),
        ("en", ("a", "b", "c"), "a, b, and c"),
        ("en-GB", ("a", "b", "c"), "a, b and c"),
        ("es", ("Ana", "Luis"), "Ana y Luis"),
        ("es", ("Ana", "Irene"), "Ana e Irene"),
        ("es", ("agua", "hielo"), "agua y hielo"),
        ("ar", ("أ", "ب"), "أ وب"),
        ("ko", ("가", "나"), "가 및 나"),
    ],
)
def test_a_list(tag: str, items: tuple[str, ...], words: str) -> None:
    assert language_of(tag).list(items) == words


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("en", "ltr"), ("ar", "rtl"), ("AR-eg", "rtl"), ("fa", "rtl"), ("ku", "ltr"),
     ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("x", "ltr")],
)  # fmt: skip
def test_the_direction_is_that_of_the_script(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


def test_a_language_without_a_catalog_has_its_interface_in_english() -> None:
    german = language_of("de-AT")
    assert (german.say("Glossary"), german.interface, german.is_foreign) == ("Glossary", "en", True)
    assert not language_of("fr-CA").is_foreign


def test_nothing_of_babel_is_read_before_something_is_said() -> None:
    code = "import explainer.build, sys; print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
