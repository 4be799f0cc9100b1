"""Pages become HTML text: woven tokens for the article, a template around them."""

from __future__ import annotations

import copy

from markdown_it.token import Token
from markupsafe import Markup

from explainer.language import language_of
from explainer.model import (
    EntryPage,
    EntryView,
    GlossaryPage,
    IndexPage,
    Page,
    PlainPage,
    SearchPage,
    Site,
    SourcesPage,
    TimelinePage,
)
from explainer.parse.markdown import markdown_parser
from explainer.theme import Templates
from explainer.weave import weave


def render_article(page: Page, site: Site, templates: Templates) -> str:
    body = Markup(_body_html(page, site, templates))
    language = language_of(page.language)

    def note(entry: EntryView) -> Markup:
        return templates.render_once("partials/note.html", page.root, language, entry)

    return templates.render(
        "article.html", page.root, language, page=page, site=site, body=body, note=note
    )


def _body_html(page: Page, site: Site, templates: Templates) -> str:
    cards = {card.id: card for card in page.cards}
    language = language_of(page.language)
    rooted = [_rooted(one, page.root) if one.children else one for one in page.tokens]
    tokens = list(weave(rooted, page.runs, page.marks))
    for index, token in enumerate(tokens):
        if name := token.meta.get("card"):
            card = templates.render(
                "partials/card.html", page.root, language, card=cards[name], page=page, site=site
            )
            tokens[index] = Token("html_block", "", 0, content=card)
    return html_of(tokens)


def _rooted(token: Token, root: str) -> Token:
    """The token with its pictures' addresses seen from the page."""
    if not any(child.meta.get("media") for child in token.children or ()):
        return token
    rooted = copy.copy(token)
    rooted.children = []
    for child in token.children or ():
        if child.meta.get("media"):
            child = copy.copy(child)
            child.attrs = {**child.attrs, "src": f"{root}{child.attrs['src']}"}
        rooted.children.append(child)
    return rooted


def html_of(tokens: list[Token]) -> str:
    """Tokens as HTML, as the parser's own renderer writes it."""
    parser = markdown_parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def render_index(page: IndexPage, site: Site, templates: Templates) -> str:
    return templates.render(
        "index.html", page.root, language_of(site.language), page=page, site=site
    )


def render_page(
    template: str,
    page: GlossaryPage | SearchPage | SourcesPage | TimelinePage,
    site: Site,
    templates: Templates,
) -> str:
    """A page that is in the site's language."""
    return templates.render(template, page.root, language_of(site.language), page=page, site=site)


def render_entry(page: EntryPage, site: Site, templates: Templates) -> str:
    return templates.render(
        "entry.html", page.root, language_of(site.language), page=page, site=site
    )


def render_plain(page: PlainPage, site: Site, templates: Templates) -> str:
    return templates.render(
        "plain.html", page.root, language_of(page.language), page=page, site=site
    )


def render_missing(page: PlainPage, site: Site, templates: Templates) -> str:
    """404.html, which a host serves at any address: its root is the site's own address."""
    return templates.render("404.html", page.root, language_of(page.language), page=page, site=site)
