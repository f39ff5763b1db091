"""A 对 B 的 N: what one thing is to another, by the noun that says so (贡献率, 冲击, 需求)."""

from collections.abc import Iterator

from kg.records import Claim, Mention, Span, Word
from kg.relations.contexts import Context
from kg.rules import load_kinds, load_word_classes
from kg.schema import EntityKind, RelationKind

_FARTHEST = 5  # words from what the stance is toward to the noun that names it
_NEAR = 8  # characters from the preposition to what it governs


def find_stances(at: Context) -> Iterator[Claim]:
    """消费对增长的贡献率: consumption promotes growth; 疫情对旅游业的冲击 hinders it."""
    stances, toward = load_kinds("stance_heads"), load_word_classes("relation_words")["aided"]
    for index, word in enumerate(at.parse.words):
        if word.text not in toward or at.parse.roles[index] != "P":
            continue
        holder, matter = _before(at, word), _after(at, word)
        noun = _stance_after(at, matter) if holder is not None and matter is not None else None
        if holder is None or matter is None or noun is None:
            continue
        kind = stances[at.sentence.text[noun.start - at.base : noun.end - at.base]]
        if kind is RelationKind.RELATED_TO and holder.kind is EntityKind.ISSUE:
            kind = RelationKind.HINDERS  # 天气对生产的影响
        yield at.claim(holder, kind, matter, noun, "stance")


def _before(at: Context, word: Word) -> Mention | None:
    """Return the longest name that ends before *word*."""
    found = [mention for mention in at.names.mentions if mention.span.end == word.span.start]
    return max(found, key=lambda mention: mention.span.end - mention.span.start, default=None)


def _after(at: Context, word: Word) -> Mention | None:
    """Return the first name after *word* that says no stance itself, the longest that begins there."""
    end, stances = word.span.end, tuple(load_kinds("stance_heads"))
    near = [mention for mention in at.names.mentions if end <= mention.span.start <= end + _NEAR]
    found = [mention for mention in near if not mention.name.endswith(stances)]
    return min(found, key=lambda mention: (mention.span.start, -mention.span.end), default=None)


def _stance_after(at: Context, matter: Mention) -> Span | None:
    """Return where the noun stands that names a stance toward *matter*, in its clause and near it."""
    stances, words = load_kinds("stance_heads"), at.parse.words
    first = next((i for i, word in enumerate(words) if word.span.start >= matter.span.end), len(words))
    for index in range(first, min(first + _FARTHEST, len(words))):
        if at.parse.roles[index] == ",":
            return None
        for length in (2, 1):  # 支撑|作用, 贡献率
            parts = words[index : index + length]
            if "".join(part.text for part in parts) in stances:
                return Span(parts[0].span.start, parts[-1].span.end)
    return None
