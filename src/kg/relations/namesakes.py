"""What a name says of the thing that it begins with: 三星GalaxyTab is made by 三星, 风电标准 is for 风电."""

import re
from collections.abc import Iterator

from kg.records import Claim, Mention
from kg.relations.contexts import Context
from kg.rules import load_word_ends
from kg.schema import EntityKind, RelationKind

_SHORTEST = 2  # characters of a name that another may begin with
_BEGUN = frozenset({EntityKind.TECHNOLOGY, EntityKind.EVENT, EntityKind.ISSUE, EntityKind.POLICY})
_MADE = frozenset({EntityKind.TECHNOLOGY, EntityKind.EVENT})
_LATIN_RE = re.compile("[A-Za-z]")  # of a model: 三星GalaxyTab
_BODY_TAG = "nt"
_OWNERS = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.SECTOR})


def find_name_claims(at: Context) -> Iterator[Claim]:
    """Yield what the names of a sentence say by their beginning, once in an article."""
    known = at.state.known
    for mention in at.names.mentions:
        if mention.kind in _OWNERS:
            known.setdefault(mention.text, mention)
            known.setdefault(mention.name, mention)
    for mention in at.names.mentions:
        if mention.kind not in _BEGUN or mention.name in at.state.told:
            continue
        begun, name = _beginning(at, mention)
        kind = _kind_of(at, mention, begun, name) if begun is not None else None
        if begun is None or kind is None:
            continue
        at.state.told.add(mention.name)
        if kind is RelationKind.APPLIES_TO:
            yield at.claim(mention, kind, begun, mention.span, f"name:{kind.value}")
        else:
            yield at.claim(begun, kind, mention, mention.span, f"name:{kind.value}")


def _beginning(at: Context, mention: Mention) -> tuple[Mention | None, str]:
    """Return the longest beginning of the name that the article names by itself: where, and that text."""
    text = mention.text
    for end in range(len(text) - 1, _SHORTEST - 1, -1):
        found = at.state.known.get(text[:end])
        if found is not None:
            return found, text[:end]
    return None, ""


def _is_proper(at: Context, end: int) -> bool:
    """Tell the name of one body from that of a class: 三星, but not 企业."""
    return any(word.span.end == end and word.tag == _BODY_TAG for word in at.parse.words)


def _kind_of(at: Context, mention: Mention, begun: Mention, name: str) -> RelationKind | None:
    """Return what the whole has to do with its beginning, where that is well told."""
    if mention.kind in _MADE and begun.kind is EntityKind.ORGANIZATION:
        is_model = mention.kind is EntityKind.EVENT or _LATIN_RE.search(mention.text) is not None
        is_proper = is_model and _is_proper(at, mention.span.start + len(name))
        return RelationKind.IMPLEMENTS if is_proper else None
    if mention.kind is EntityKind.ISSUE and begun.kind is EntityKind.PLACE:
        return RelationKind.FACES
    is_rule = mention.kind is EntityKind.POLICY and mention.name.endswith(load_word_ends("rule_heads"))
    if is_rule and begun.kind is EntityKind.SECTOR and len(name) > _SHORTEST:
        return RelationKind.APPLIES_TO
    return None
