"""Named questions: SPARQL files that ship with the package, or of the user's own.

The head of a file says in comments what it asks, and which names may narrow it down::

    # zh: 什么推动它？
    # en: What promotes it?
    # param name ?thing: 新质生产力

A parameter is the name of an entity, of a publisher or author, or the title of an article (or a term
such as ``kg:Mandatory``); given, it binds the variable, left out, the question is asked of all. The
word after the colon is an example.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import InternalError, KgError
from kg.paths import check_file
from kg.resources import resource_path

_NAME_RE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_HEAD_RE = re.compile(r"#\s*(zh|en):\s*(\S.*)")
_PARAM_RE = re.compile(r"#\s*param\s+([a-z]+)\s+(\?[a-z]\w*):\s*(\S.*)")
_WHERE_RE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name that narrows a question down."""

    name: str
    variable: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with a name, told in Chinese and English."""

    name: str
    zh: str
    en: str
    text: str
    parameters: tuple[Parameter, ...] = ()

    def bind(self, terms: Mapping[str, tuple[str, ...]]) -> str:
        """Return the SPARQL with each variable of *terms* bound to one of its terms.

        Example:
            >>> question = parse_question("parts", "SELECT ?p WHERE { ?x kg:includes ?p }")
            >>> question.bind({"?x": ("<a>", "<b>")})
            'SELECT ?p WHERE { VALUES ?x { <a> <b> } ?x kg:includes ?p }'
        """
        bound = "".join(f" VALUES {variable} {{ {' '.join(some)} }}" for variable, some in terms.items())
        return _WHERE_RE.sub(lambda match: match.group() + bound, self.text, count=1) if bound else self.text


def is_question_name(text: str) -> bool:
    """Tell whether *text* can only be the name of a question, not SPARQL."""
    return _NAME_RE.fullmatch(text) is not None


def parse_question(name: str, text: str) -> Question:
    """Return the question that a file's text holds; a head is welcome, not needed.

    Raises:
        KgError: A line of the head begins with ``param`` and does not declare one.
    """
    heads: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if head := _HEAD_RE.fullmatch(line.strip()):
            heads.setdefault(head[1], head[2].strip())
        elif param := _PARAM_RE.fullmatch(line.strip()):
            parameters.append(Parameter(param[1], param[2], param[3].strip()))
        elif line.lstrip("# ").startswith("param "):
            raise KgError(
                f"{name}: {line.strip()!r} is no parameter; write '# param NAME ?variable: example'"
            )
    return Question(name, heads.get("zh", ""), heads.get("en", ""), text, tuple(parameters))


@cache
def named_questions() -> Mapping[str, Question]:
    """Return the questions that ship with the package, by name.

    Example:
        >>> named_questions()["promotes-what"].parameters[0].name
        'name'
    """
    found = {}
    for path in sorted(resource_path("queries").glob("*.rq")):
        question = parse_question(path.stem, path.read_text(encoding="utf-8"))
        if not (is_question_name(question.name) and question.zh and question.en):
            raise InternalError(f"queries/{path.name}: must begin with '# zh: …' and '# en: …'")
        found[question.name] = question
    return found


def find_question(name: str) -> Question:
    """Return the shipped question of this name.

    Raises:
        KgError: There is none.

    Example:
        >>> find_question("promote-what")
        Traceback (most recent call last):
        ...
        kg.errors.KgError: query 'promote-what': unknown; did you mean 'promotes-what'? 'kg queries' lists all
    """
    known = named_questions()
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    guess = f"; did you mean {close[0]!r}?" if close else ";"
    raise KgError(f"query {name!r}: unknown{guess} 'kg queries' lists all")


def read_question(path: Path) -> Question:
    """Return the question of a user's file.

    Raises:
        KgError: The file cannot be read.
    """
    check_file(path)
    try:
        return parse_question(str(path), path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise KgError(f"{path}: no such file; check the path after @") from None
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: not UTF-8 (byte {error.start}); re-save the query as UTF-8") from error
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror})") from error
