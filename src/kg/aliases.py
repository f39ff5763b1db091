"""Short forms of one article, back to their full names.

《意见》 stands for the last full title that ends so; （以下简称“太钢”） names what stands before it; a
body once named in full (青岛市交通运输委) may later go by its tail (市交通运输委).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from kg.clauses import Parse
from kg.lexicon import Lexicon
from kg.mentions import NamedNouns
from kg.records import Article, Mention, Sentence, Span, replace
from kg.rules import load_word_ends, load_word_set
from kg.schema import EntityKind

_SHORT_FORM_RE = re.compile(
    r"[（(]\s*(?:(?:以下统?|下)?统?简称|(?:以下统?|下)称)为?[:：]?\s*[“《〈\"]?\s*([^”》〉\"）)，。]{1,20}?)\s*[”》〉\"]?\s*[）)]"
)
_YEARS_RE = re.compile("（[^（）]*）$")  # 发展规划（2024—2028年） ends in 规划
# 公司 alone: at the start of a clause or behind a word of time or a determiner, and no part of a name.
_COMPANY_RE = re.compile(
    "(?:^|(?<=[，；：。“”、（\\n])|(?<=目前|此外|同时|如今|近来|今年|去年|之后))(公司)(?![制化法治债章])"
    "|(?:[该本]|这家)(公司|企业|集团|厂)"
)
_COMPANY_WORDS = ("公司", "该", "本", "这家")  # one of which stands where the pattern matches
_SHORTEST_COMPANY = 4
_LONG_TITLE = 6  # characters; a title this short or shorter needs its full form
_SHORTEST_TAIL = 3
_SHORTEST_NAME = 2
_SIDE = 2  # characters of 亚方
_PARTY = "方"


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
    aliases.update(_sides(mentions))
    aliases.update(_declared(article, mentions))
    return {short: full for short, full in aliases.items() if short != full}


def find_short_names(sentences: Iterable[str]) -> dict[str, str]:
    """Return the short names that brackets declare, with the tag of the word each of them is.

    Example:
        >>> find_short_names(["粤港澳大湾区（下称“大湾区”）", "江海钢铁公司（简称江钢）"])
        {'大湾区': 'nz', '江钢': 'nt'}
    """
    found: dict[str, str] = {}
    for text in sentences:
        for match in _SHORT_FORM_RE.finditer(text) if "称" in text else ():
            short = match.group(1)
            is_name = len(short) >= _SHORTEST_NAME and text[match.start(1) - 1] != "《"
            if is_name and short not in load_word_set("document_nouns"):
                is_body = text[: match.start()].endswith((*load_word_ends("body_ends"), *_company_ends()))
                found[short] = "nt" if is_body else "nz"
    return found


def find_strays(mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the names that stand in the article once and that only the segmenter takes for names."""
    counts = Counter(mention.name for mention in mentions)
    known = {mention.name for mention in mentions if mention.source != "guess"}
    return frozenset(name for name, count in counts.items() if count == 1 and name not in known)


def rename(names: NamedNouns, aliases: Mapping[str, str], strays: frozenset[str] = frozenset()) -> NamedNouns:
    """Return *names* with every short name replaced by its full one, and without *strays*.

    A bare document noun (规划) that stands for no document of the article is no entity and is left out,
    unless title marks say that it is a title (《意见》).
    """
    documents = load_word_set("document_nouns")
    said = {mention.name for mention in names.mentions}
    if said.isdisjoint(documents) and said.isdisjoint(strays) and said.isdisjoint(aliases):
        return names
    dropped = (documents | strays) - aliases.keys()

    def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        kept = (mention for mention in mentions if mention.name not in dropped or _is_title(mention))
        return tuple(_renamed(m, aliases[m.name]) if m.name in aliases else m for m in kept)

    return names.settled(settle)


def _is_title(mention: Mention) -> bool:
    return mention.text.startswith("《")


def _renamed(mention: Mention, name: str) -> Mention:
    kind = EntityKind.PLACE if _is_side(mention.name) else mention.kind
    return replace(mention, name=name, kind=kind)


def recall_companies(
    read: Iterable[tuple[Parse, NamedNouns]], *, lexicon: Lexicon
) -> Iterator[tuple[Parse, NamedNouns]]:
    """Yield the sentences with 公司 named as the company spoken of last.

    Where 公司 stands before the office of a person (公司负责人某人), the company is named there too.
    """
    last: Mention | None = None
    for parse, names in read:
        text = parse.sentence.text
        bare = list(_COMPANY_RE.finditer(text)) if any(word in text for word in _COMPANY_WORDS) else []
        known = [m for m in names.mentions if m.kind is EntityKind.ORGANIZATION and _is_company(m, lexicon)]
        for match in bare:
            span = Span(*(parse.sentence.span.start + place for place in match.span(match.lastindex or 0)))
            before = [m for m in known if m.span.end <= span.start]
            company = before[0] if before else last
            if company is not None:
                names = _name_company(names, span, company.name, parse.sentence)
        last = known[0] if known else last
        yield parse, names


def _is_company(mention: Mention, lexicon: Lexicon) -> bool:
    """Tell a company by the end of its name, or by what the lexicon says of it."""
    if mention.name in load_word_set("company_nouns"):
        return False
    term = lexicon.lookup(mention.name)
    wider = term.broader if term is not None else ()
    is_known = not load_word_set("company_classes").isdisjoint(wider)
    return is_known or (len(mention.name) > _SHORTEST_COMPANY and mention.name.endswith(_company_ends()))


@cache
def _company_ends() -> tuple[str, ...]:
    return tuple(sorted(load_word_set("company_nouns")))


def _name_company(names: NamedNouns, span: Span, name: str, sentence: Sentence) -> NamedNouns:
    """Return *names* with the company of that name at *span*."""

    def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        return tuple(replace(m, name=name) if m.span == span else m for m in mentions)

    if any(mention.span == span for mention in names.mentions):
        return names.settled(settle)
    kind = EntityKind.ORGANIZATION
    text = sentence.text[span.start - sentence.span.start : span.end - sentence.span.start]
    mention = Mention(sentence.article_id, sentence.index, span, text, name, kind, "recalled")
    ordered = sorted((*names.mentions, mention), key=lambda each: each.span)
    return replace(names, mentions=tuple(ordered))


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


def _sides(mentions: Iterable[Mention]) -> dict[str, str]:
    """Map 亚方 to the one country of the article that begins so (亚美尼亚)."""
    named = tuple(mentions)
    places = {m.name for m in named if m.kind is EntityKind.PLACE and len(m.name) > _SIDE}
    found = {}
    for side in {m.name for m in named if _is_side(m.name)}:
        countries = [place for place in places if place.startswith(side[0])]
        if len(countries) == 1:
            found[side] = countries[0]
    return found


def _is_side(name: str) -> bool:
    return len(name) == _SIDE and name.endswith(_PARTY)


def _short_titles(mentions: Iterable[Mention]) -> dict[str, str]:
    """Map 《意见》 to the first full title that ends in 意见."""
    titles = [mention.name for mention in mentions if _is_title(mention)]
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
