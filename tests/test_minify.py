"""What is taken out of styles and scripts, and what must stay."""

from __future__ import annotations

import pytest

from explainer.minify import minify_css, minify_js


@pytest.mark.parametrize(
    ("style", "short"),
    [
        ("a { color: red; }\n\nb { top: 0 }\n", "a{color:red}b{top:0}"),
        ("/* why */ a , b { }", "a,b{}"),
        # A descendant is no condition, whether nested or not.
        ("[x] {\n  .a :is(.b, .c) { top: 0 }\n}", "[x]{.a :is(.b,.c){top:0}}"),
        (".a :hover { } .a:hover { }", ".a :hover{}.a:hover{}"),
        ("@media (a) and (b) { }", "@media (a) and (b){}"),
        ("p { width: calc(1px + 2px) }", "p{width:calc(1px + 2px)}"),
        (".a/* x */.b { }", ".a/**/.b{}"),
        (".a /* x */ .b { }", ".a .b{}"),
        ("a::before { content: ' ;  /* no */ ' }", "a::before{content:' ;  /* no */ '}"),
        ('a::before { content: "\\" ; " }', 'a::before{content:"\\" ; "}'),
        ("a { background: url( x,/*y*/;z.png ) }", "a{background:url( x,/*y*/;z.png )}"),
        ("a { --x: ; top: 0; }", "a{--x:;top:0}"),
        ("a { content: '", "a{content:'"),
        ('a[b="c"] { } a[b="1"] { } a[b="c d"] { }', 'a[b=c]{}a[b="1"]{}a[b="c d"]{}'),
        ("a > b { }", "a>b{}"),
        ("a { margin: -0.5em 0 10.5em; opacity: 0.1 }", "a{margin:-.5em 0 10.5em;opacity:.1}"),
        ("a { font: 1em / 2 x; grid-area: 1 / -1 }", "a{font:1em/2 x;grid-area:1/-1}"),
        ("a { top: calc(2 * var(--x) * 0.5) }", "a{top:calc(2*var(--x)*.5)}"),
        (":is(a) * .b { } a1 * b { }", ":is(a) * .b{}a1 * b{}"),
        ("a { top: 0 !important }", "a{top:0!important}"),
    ],
)
def test_a_style_keeps_its_meaning(style: str, short: str) -> None:
    assert minify_css(style.encode()).decode() == short


def test_a_script_keeps_its_strings() -> None:
    assert minify_js(b"// why\nlet a  =  'b  // c';\n") == b"let a='b  // c';"
