"""Words written with their tags, so that tests of the grammar do not hang on the dictionary."""

from collections.abc import Sequence

from kg.clauses import Noun, Parse, parse_sentence
from kg.records import Sentence, Span, Word


def words_of(tagged: str) -> tuple[Word, ...]:
    """Return the words of ``"企业/nt 主导/v"``; marks need no tag."""
    words: list[Word] = []
    start = 0
    for item in tagged.split():
        text, _, tag = item.rpartition("/") if len(item) > 1 else (item, "", "w")
        words.append(Word(text, tag, Span(start, start + len(text))))
        start += len(text)
    return tuple(words)


def parse_of(tagged: str) -> Parse:
    """Return the parse of words with tags."""
    words = words_of(tagged)
    text = "".join(word.text for word in words)
    return parse_sentence(Sentence("article/a", 0, Span(0, len(text)), text), words)


def names_of(nouns: Sequence[Noun]) -> str:
    """Return the names of nouns, each after what owns it: ``"技术>突破 产业"``."""
    return " ".join(">".join((*(owner.name for owner in noun.owners), noun.name)) for noun in nouns)
