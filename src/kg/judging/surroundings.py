"""What stands around a mention in its sentence: the words before and after, the verbs, its clause and role.

A judge weighs these; everything is a short text, so that weights can be read and explained.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache

from kg.clauses import Parse
from kg.judging.models import SCALE
from kg.records import Mention, Record, Span, Word
from kg.resources import resource_path
from kg.rules import load_verbs
from kg.tables import read_table

Places = tuple[int, int]  # the first and the last word of a thing in its sentence

START, END = "^", "$"
NONE = "-"
_CLAUSE_ENDS = frozenset("，；：,;:。！？!?")
_COLUMNS = ("word", "cluster")
_LOWEST, _HIGHEST = -4, 4  # how probable a name is, as grades


class Surroundings(Record, frozen=True):
    """A mention with what stands around it.

    ``first`` and ``last`` are the indexes of its ``words``; ``clause`` counts clauses of the sentence from 0.
    ``role`` holds s, o and p where it is subject, object or behind a preposition of a verb; ``verb_before``
    and ``verb_after`` are the nearest verbs of its clause. ``worth`` tells in grades how sure the name is.
    """

    mention: Mention
    first: int
    last: int
    clause: int
    kind: str
    head: str
    cluster: str
    before: str
    after: str
    tag_before: str
    tag_after: str
    verb_before: str
    verb_after: str
    role: str
    preposition: str
    verb_of_subject: str
    verb_of_object: str
    modal: str
    has_subject: bool
    begins_clause: bool
    ends_clause: bool
    worth: int | None
    words: tuple[Word, ...]

    @property
    def places(self) -> Places:
        """Return its first and its last word."""
        return self.first, self.last


@cache
def load_word_clusters() -> Mapping[str, str]:
    """Return the cluster of each word: words of one cluster keep the same company.

    Example:
        >>> clusters = load_word_clusters()
        >>> clusters["上涨"] == clusters["下跌"], clusters["上涨"] == clusters["广东"]
        (True, False)
    """
    path = resource_path("rules", "word_clusters.tsv")
    return {word: cluster for _, (word, cluster) in read_table(path, _COLUMNS)}


def cluster_of(word: str) -> str:
    """Return the cluster of *word*, ``-`` where it is seldom seen."""
    return load_word_clusters().get(word, NONE)


@cache
def _relations_of_verbs() -> Mapping[str, str]:
    return {verb: entry.kind.value for verb, entry in load_verbs().items()}


def relation_of(verb: str) -> str:
    """Return the relation that the table of verbs gives *verb*, ``-`` where it has none."""
    return _relations_of_verbs().get(verb, NONE)


class SentenceView:
    """The words and frames of one sentence, looked up by place."""

    def __init__(self, parse: Parse, worth: Mapping[Span, int]) -> None:
        self.parse = parse
        self._worth = worth
        self.words = parse.words
        self._starts = [word.span.start for word in self.words]
        self._ends = [word.span.end for word in self.words]
        self.clauses = _clauses_of(self.words)
        self._subjects: dict[Span, str] = {}
        self._objects: dict[Span, tuple[str, str, bool]] = {}
        self._prepositions: dict[Span, str] = {}
        for frame in parse.frames:
            for noun in frame.subjects:
                self._subjects.setdefault(noun.span, frame.verb)
            for noun in frame.objects:
                self._objects.setdefault(noun.span, (frame.verb, "".join(frame.modal), bool(frame.subjects)))
            for phrase in frame.prepositions:
                for noun in phrase.nominal.heads:
                    self._prepositions.setdefault(noun.span, phrase.word)

    def around(self, mention: Mention) -> Surroundings:
        """Return what stands around *mention*, a mention of this sentence."""
        words, span = self.words, mention.span
        first = min(bisect_left(self._starts, span.start), len(words) - 1)
        last = min(max(bisect_left(self._ends, span.end), first), len(words) - 1)
        before, after = self.word_at(first - 1), self.word_at(last + 1)
        verb_of_object, modal, has_subject = self._objects.get(span, ("", "", False))
        subject_of, preposition = self._subjects.get(span, ""), self._prepositions.get(span, "")
        role = ("s" if subject_of else "") + ("o" if verb_of_object else "") + ("p" if preposition else "")
        return Surroundings(
            mention,
            first,
            last,
            self.clauses[first],
            mention.kind.value,
            mention.name[-2:],
            cluster_of(words[last].text),
            before.text if before else START,
            after.text if after else END,
            before.tag if before else START,
            after.tag if after else END,
            self._verb(range(first - 1, -1, -1)),
            self._verb(range(last + 1, len(words))),
            role or NONE,
            preposition,
            subject_of,
            verb_of_object,
            modal,
            has_subject,
            before is None or before.text in _CLAUSE_ENDS,
            after is None or after.text in _CLAUSE_ENDS,
            _grade(self._worth.get(span)),
            tuple(words[first : last + 1]),
        )

    def verb_place(self, position: int, *, is_before: bool) -> Span | None:
        """Return where the nearest verb of the clause stands before (or after) a position of the article."""
        if is_before:
            indexes: Iterable[int] = range(bisect_left(self._ends, position + 1) - 1, -1, -1)
        else:
            indexes = range(bisect_left(self._starts, position), len(self.words))
        found = self._verb_index(indexes)
        return self.words[found].span if found is not None else None

    def word_at(self, index: int) -> Word | None:
        """Return the word at *index*, nothing outside the sentence."""
        return self.words[index] if 0 <= index < len(self.words) else None

    def _verb(self, indexes: Iterable[int]) -> str:
        found = self._verb_index(indexes)
        return self.words[found].text if found is not None else NONE

    def _verb_index(self, indexes: Iterable[int]) -> int | None:
        for index in indexes:
            word = self.words[index]
            if word.text in _CLAUSE_ENDS:
                break
            if word.tag[:1] == "v":
                return index
        return None


def _grade(score: int | None) -> int | None:
    """Return hundredths as one of few grades; nothing where nothing was weighed."""
    return None if score is None else max(_LOWEST, min(score // SCALE, _HIGHEST))


def _clauses_of(words: Iterable[Word]) -> list[int]:
    clauses, clause = [], 0
    for word in words:
        clause += word.text in _CLAUSE_ENDS
        clauses.append(clause)
    return clauses
