"""Where the reader stands in its sentence, and what it has found so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.clauses.records import Frame, Nominal, Prepositional
from kg.phrases import Phrase
from kg.records import Word

_SENTINELS = ",,,"  # so that looking ahead never leaves the sentence

# The verbs of a predicate in order, each with those coordinated to it: indexes of words.
Chain = list[list[int]]


@dataclass(slots=True)
class Adverbials:
    """What stands before and between the verbs of one predicate: indexes of words."""

    modal: list[int] = field(default_factory=list)
    adverbs: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)  # verbs that 并 joins to a later one


class State:
    """The words of one sentence, the place reached, and the frames and nominals read."""

    def __init__(self, words: Sequence[Word], roles: str, phrase_at: Mapping[int, Phrase]) -> None:
        self.words = words
        self.roles = roles + _SENTINELS
        self.phrase_at = phrase_at
        self.frames: list[Frame] = []
        self.nominals: list[Nominal] = []
        self.position = 0
        self.clause = 0
        self.quotes = _quote_depths(roles) if "“" in roles else []
        self.nesting = 0  # of the prepositional phrases and genitives being read
        self.subject: Nominal | None = None  # of the clause being read
        self.pending: list[Prepositional] = []  # prepositional phrases of a clause without verb
        self.pending_modal: list[int] = []  # and its modal words
        self.topic: Nominal | None = None  # the nominal of a clause without verb, subject of the next

    @property
    def role(self) -> str:
        """Return the role of the word at the position."""
        return self.roles[self.position]

    def text_at(self, index: int) -> str:
        """Return the word at *index*, nothing after the last."""
        return self.words[index].text if index < len(self.words) else ""

    def text_of(self, first: int, last: int) -> str:
        """Return the characters of the words *first* to *last* (half-open)."""
        if last - first == 1:
            return self.words[first].text
        return "".join([word.text for word in self.words[first:last]])

    def texts_of(self, indexes: Sequence[int]) -> tuple[str, ...]:
        """Return the texts of these words."""
        return tuple([self.words[index].text for index in indexes]) if indexes else ()

    def skip(self, roles: str) -> None:
        """Pass over words of these roles."""
        position = self.position
        while self.roles[position] in roles:
            position += 1
        self.position = position

    def is_quoted(self, index: int) -> bool:
        """Tell whether the word at *index* stands in quotation marks."""
        return bool(self.quotes) and self.quotes[index] > 0


def _quote_depths(roles: str) -> list[int]:
    """Return for every word how many quotation marks are open; a closing one too many closes nothing."""
    depths: list[int] = []
    depth = 0
    for role in roles:
        depth = max(0, depth + (role == "“") - (role == "”"))
        depths.append(depth)
    return depths
