"""The walk goes one way: who may use whom, and who may touch the world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from explainer import model
from tests.making import ROOT

PACKAGE = ROOT / "explainer"

WALK = """\
errors model home machine
survey told store atomic
standing
edtf folding minify
language shapes
fields quoting
yaml_text entry_yaml
config
read analyze
parse analyses crew draft_cache
cluster
annotate
assemble
templating weave posters
theme
render
write cache
remote
tally rewrite
tally_formats
build diff propose scaffold
explain draft check
glossary importing
review
serve
cli
pack
"""
"""A module uses what stands in lines above its own, and nothing else of ours."""

LEVEL = {name: level for level, line in enumerate(WALK.splitlines()) for name in line.split()}

MAY_TOUCH_THE_DISK = set(
    """config read theme atomic write rewrite cache remote importing draft_cache analyses analyze
    scaffold review serve store survey
    pack""".split()
)
DISK_CALLS = set(
    """read_text read_bytes write_text write_bytes open mkdir unlink rmtree rename touch rmdir
    iterdir rglob scandir""".split()
)
GUESTS = {
    "livereload": "serve",
    "dask": "cluster",
    "distributed": "cluster",
    "fsspec": "remote",
    "spacy": "analyze",
    "click": "cli",
    "babel": "language",
    "PIL": "posters",
}


@cache
def trees() -> dict[str, ast.Module]:
    """Each source file of the package by its name, such as ``read/files.py``."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if path.parent != PACKAGE or not path.name.startswith("__")
    }


def module_of(name: str) -> str:
    """The module or sub-package that a file belongs to: ``read`` for ``read/files.py``."""
    return Path(name).with_suffix("").parts[0]


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module]
    return []


def imported_at_run_time(tree: ast.Module) -> Iterator[str]:
    """All but what only the type checker sees."""
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) not in hidden:
            yield from imported(node)


def calls(tree: ast.Module) -> Iterator[str]:
    """The methods that are called, but for those that read a table of the package; and `open`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or "resources.files" in ast.unparse(node.func):
            continue
        if isinstance(node.func, ast.Attribute):
            yield node.func.attr
        elif isinstance(node.func, ast.Name) and node.func.id == "open":
            yield "open"


def test_every_module_has_its_place_in_the_walk() -> None:
    assert {module_of(name) for name in trees()} == set(LEVEL), "WALK, above, lists every module"


def test_a_module_uses_only_what_stands_before_it() -> None:
    backward = [
        f"{name} uses {used}"
        for name, tree in trees().items()
        for used in imported_at_run_time(tree)
        if used.startswith("explainer.")
        and module_of(used.split(".")[1]) != module_of(name)
        and LEVEL.get(used.split(".")[1], 0) >= LEVEL.get(module_of(name), len(LEVEL))
    ]
    assert backward == []


def test_only_a_few_modules_touch_the_disk() -> None:
    touching = [
        f"{name} calls {call}"
        for name, tree in trees().items()
        for call in calls(tree)
        if call in DISK_CALLS and module_of(name) not in MAY_TOUCH_THE_DISK
    ]
    assert touching == []


def test_only_the_command_line_prints() -> None:
    printing = [
        name
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if ast.unparse(node) in ("print", "sys.stdout", "sys.stderr") and module_of(name) != "cli"
    ]
    assert printing == []


def test_a_guest_is_known_in_one_module_only() -> None:
    strangers = [
        f"{name} imports {used}"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        for used in imported(node)
        if GUESTS.get(used.split(".")[0], module_of(name)) != module_of(name)
    ]
    assert strangers == []


def test_spacy_is_imported_where_it_is_used_and_not_before() -> None:
    at_top = [
        name
        for name, tree in trees().items()
        for node in tree.body
        for used in imported(node)
        if used.split(".")[0] == "spacy"
    ]
    assert at_top == []


def test_the_model_needs_nothing_but_the_standard_library_and_its_types() -> None:
    used = {
        name.split(".")[0]
        for file, tree in trees().items()
        if module_of(file) == "model"
        for name in imported_at_run_time(tree)
    }
    assert used <= {"__future__", "collections", "importlib", "msgspec", "typing", "explainer"}


def test_the_model_gives_every_name_of_its_modules() -> None:
    defined = {
        name: Path(file).stem
        for file, tree in trees().items()
        if file.startswith("model/") and not file.endswith("__init__.py")
        for name in _defined(tree)
    }
    assert defined == model._MODULES


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (ast.unparse(one) for one in targets)


def test_a_module_says_first_what_it_is_about() -> None:
    silent = [name for name, tree in trees().items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []
