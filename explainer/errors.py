"""What can be wrong with what a person wrote, one class per thing its author can fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class ExplainerError(Exception):
    """One problem in one place; ``str()`` is ``path:line:column: message``.

    Args:
        message: What is wrong and what to do, in a person's words.
        path: The file, as the user would name it; empty where no file is at fault.
        line: Counted from 1; 0 where the whole file is meant.
        column: Counted from 1 in code points; 0 where the whole line is meant.
    """

    code: str = "E000"

    def __init__(self, message: str, path: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message

    def __iter__(self) -> Iterator[ExplainerError]:
        yield self


class ConfigError(ExplainerError):
    """explainer.yaml or a command's options ask for something that can't be."""

    code = "C000"


class GlossaryError(ExplainerError):
    """A glossary file can't be used."""

    code = "G000"


class NotesError(ExplainerError):
    """A notes file can't be used."""

    code = "A000"


class ArticleError(ExplainerError):
    """An article can't be used."""

    code = "T000"


class ThemeError(ExplainerError):
    """A template or a static file of the theme can't be used."""

    code = "W000"


class AnalyzerError(ExplainerError):
    """The language model is missing, or isn't the one that was asked for."""

    code = "D000"


class OutputError(ExplainerError):
    """The site can't be written where it was asked for."""

    code = "W001"


class WorkerError(ExplainerError):
    """A process that shared the work was ended from outside."""

    code = "W002"


class Problems(ExplainerError):
    """Several problems found in one go; iterate for each, in file and line order."""

    def __init__(self, problems: Iterable[ExplainerError]) -> None:
        found = [one for problem in problems for one in problem]
        self.problems = tuple(sorted(found, key=lambda e: (e.path, e.line, e.column, e.message)))
        super().__init__(f"{len(self.problems)} problems")

    def __reduce__(self) -> tuple[type[Problems], tuple[tuple[ExplainerError, ...]]]:
        return Problems, (self.problems,)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def __iter__(self) -> Iterator[ExplainerError]:
        yield from self.problems


def raise_all(problems: list[ExplainerError]) -> None:
    """Raise what was collected: nothing, the one problem itself, or `Problems`."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(problems)
