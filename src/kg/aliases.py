"""Short forms of one article, back to their full names.

《意见》 stands for the last full title that ends so; （以下简称“太钢”） names what stands before it; a
body once named in full (青岛市交通运输委) may later go by its tail (市交通运输委).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kg.mentions import NamedNouns
from kg.records import Article, Mention, replace
from kg.rules import load_word_ends, load_word_set
from kg.schema import EntityKind

_SHORT_FORM_RE = re.compile(
    r"[（(]\s*(?:以下|下|以下统)?(?:统)?简称(?:为)?[:：]?\s*[“《〈\"]?\s*([^”》〉\"）)，。]{1,20}?)\s*[”》〉\"]?\s*[）)]"
)
_YEARS_RE = re.compile("（[^（）]*）$")  # 发展规划（2024—2028年） ends in 规划
_LONG_TITLE = 6  # characters; a title this short or shorter needs its full form
_SHORTEST_TAIL = 3


def find_aliases(article: Article, mentions: Sequence[Mention]) -> dict[str, str]:
    """Return short name → full name for one article.

    Args:
        article: The article.
        mentions: Its mentions in reading order.
    """
    aliases = _bare_documents(mentions)
    aliases.update(_bare_events(mentions))
    aliases.update(_short_titles(mentions))
    aliases.update(_tails(mentions))
    aliases.update(_declared(article, mentions))
    return {short: full for short, full in aliases.items() if short != full}


def find_strays(mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the names that stand in the article once and that only the segmenter takes for names."""
    counts = Counter(mention.name for mention in mentions)
    known = {mention.name for mention in mentions if mention.source != "guess"}
    return frozenset(name for name, count in counts.items() if count == 1 and name not in known)


def rename(names: NamedNouns, aliases: Mapping[str, str], strays: frozenset[str] = frozenset()) -> NamedNouns:
    """Return *names* with every short name replaced by its full one, and without *strays*.

    A bare document noun (规划) that stands for no document of the article is no entity and is left out.
    """
    documents = load_word_set("document_nouns")
    said = {mention.name for mention in names.mentions}
    if said.isdisjoint(documents) and said.isdisjoint(strays) and said.isdisjoint(aliases):
        return names
    dropped = (documents | strays) - aliases.keys()

    def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        kept = (mention for mention in mentions if mention.name not in dropped)
        return tuple(replace(m, name=aliases[m.name]) if m.name in aliases else m for m in kept)

    by_noun = {noun: settle(found) for noun, found in names.by_noun.items()}
    return NamedNouns(settle(names.mentions), by_noun)


def _bare_documents(mentions: Sequence[Mention]) -> dict[str, str]:
    """Map a bare document noun (规划) to the first policy of the article that ends in it."""
    found: dict[str, str] = {}
    nouns, ends = load_word_set("document_nouns"), load_word_ends("document_nouns")
    for mention in mentions:
        if mention.kind is not EntityKind.POLICY or mention.name in nouns:
            continue
        name = _YEARS_RE.sub("", mention.name)
        if not name.endswith(ends):
            continue
        for noun in nouns:
            if name.endswith(noun):
                found.setdefault(noun, mention.name)
    return found


def _bare_events(mentions: Sequence[Mention]) -> dict[str, str]:
    """Map a bare event noun (座谈会) to the first event of the article that ends in it."""
    events = dict.fromkeys(mention.name for mention in mentions if mention.kind is EntityKind.EVENT)
    bare = [name for name in events if name in load_word_set("event_nouns")]
    full = [name for name in events if name not in load_word_set("event_nouns")]
    named = {noun: next((name for name in full if name.endswith(noun)), noun) for noun in bare}
    return {noun: name for noun, name in named.items() if name != noun}


def _declared(article: Article, mentions: Sequence[Mention]) -> dict[str, str]:
    """Read （以下简称…）: the mention that ends at the bracket has the short name."""
    by_end: dict[int, Mention] = {}
    for mention in mentions:
        known = by_end.get(mention.span.end)
        if known is None or len(mention.span) > len(known.span):
            by_end[mention.span.end] = mention
    found = {}
    for match in _SHORT_FORM_RE.finditer(article.text):
        full = by_end.get(match.start())
        if full is not None and len(match.group(1)) < len(full.name):
            found[match.group(1)] = full.name
    return found


def _short_titles(mentions: Iterable[Mention]) -> dict[str, str]:
    """Map 《意见》 to the first full title that ends in 意见."""
    titles = [mention.name for mention in mentions if mention.text.startswith("《")]
    full = [title for title in titles if len(title) > _LONG_TITLE]
    found = {}
    for short in titles:
        if len(short) <= _LONG_TITLE:
            match = next((title for title in full if title.endswith(short)), None)
            if match is not None:
                found[short] = match
    return found


def _tails(mentions: Sequence[Mention]) -> dict[str, str]:
    """Map the tail of a body's name to the one full name that ends so."""
    bodies = dict.fromkeys(m.name for m in mentions if m.kind is EntityKind.ORGANIZATION)
    found = {}
    for short in bodies:
        if len(short) >= _SHORTEST_TAIL and short[0] in "市省县区州盟":
            full = [name for name in bodies if name.endswith(short) and name != short]
            if len(full) == 1:
                found[short] = full[0]
    return found
