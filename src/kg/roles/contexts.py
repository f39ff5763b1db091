"""What a word's role is decided from: the roles before it, and what the words after it may be."""

from collections.abc import Sequence

from kg.records import Word
from kg.roles.tags import find_open_roles
from kg.rules import load_verbs

# No phrase people write is longer, and a text of nothing but numerals is still read in linear time.
_FARTHEST = 60


class Context:
    """The words of one sentence, read up to some place.

    ``roles`` are those decided, ``open_roles`` those that the words have by themselves. ``before`` is the
    last role decided, ``opener`` the one before the noun phrase that ends here, ``governor`` the one
    before the adverbs that end here.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.open_roles = find_open_roles(words)
        self.verbs = load_verbs()
        self.roles: list[str] = []
        self.before = self.opener = self.governor = ","
        self.has_verb = False  # in the clause being read

    def add(self, role: str) -> None:
        """Take the role of the next word as decided."""
        self.roles.append(role)
        self.before = role
        if role not in "NAQ":
            self.opener = role
        if role not in "DI":
            self.governor = role
        if role == "V":
            self.has_verb = True
        elif role == ",":
            self.has_verb = False

    def past(self, index: int, roles: str) -> int:
        """Return where, from *index* on, the first open role stands that is not one of *roles*."""
        farthest = index + _FARTHEST
        while self.open_roles[index] in roles and index < farthest:
            index += 1
        return index

    def noun_follows(self, index: int) -> bool:
        """Tell whether a noun phrase begins after *index*, determiners and measures passed over."""
        return self.open_roles[self.past(index + 1, "QR")] in "NAB“"
