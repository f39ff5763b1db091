"""Names of bodies that no lexicon holds are one word: what stands before 有限公司, 协会 or 银行.

The cutter takes such names apart (浙江|广源|食品|有限公司), and the parser would take the verb or
the noun behind them into the name. Where a name begins is told by the words before it: it holds nothing
but nouns, and begins with a place, or with what no dictionary knows.
"""

from kg.rules import load_heads, load_word_set
from kg.words.dictionaries import dictionary_tag
from kg.words.runs import Piece

_FARTHEST = 8  # words before the last; longer names are two bodies, or a body and its owner
_INSIDE_TAGS = frozenset(
    ("n", "nz", "nr", "ns", "nt", "j", "b", "vn", "an", "x", "eng", "a", "ng", "s", "da")
)
_JOINERS = frozenset(("和", "与"))
_SHORT = 2
_FULL_NAME = 4  # characters of the name of a body that is no class of bodies (企业)


def join_bodies(pieces: list[Piece]) -> list[Piece]:
    """Join the words of each name of a company or another body.

    Example:
        >>> join_bodies([("浙江", "ns"), ("广源", "n"), ("食品", "n"), ("有限公司", "n"), ("投产", "v")])
        [('浙江广源食品有限公司', 'nt'), ('投产', 'v')]
    """
    firms, bodies = load_word_set("firm_ends"), load_word_set("body_ends")
    joined: list[Piece] = []
    for surface, tag in pieces:
        joined.append((surface, tag))
        if surface in firms:
            first = _beginning(joined, is_firm=True)
        elif surface in bodies:
            first = _beginning(joined, is_firm=False)
        else:
            continue
        if first < len(joined) - 1:
            joined[first:] = [("".join(part for part, _ in joined[first:]), "nt")]
    return joined


def _beginning(pieces: list[Piece], *, is_firm: bool) -> int:
    """Return where the name that the last word ends begins: there itself where it is no name."""
    last = len(pieces) - 1
    first = last
    while first and last - first < _FARTHEST and _is_inside(pieces, first - 1):
        first -= 1
    for index in range(first, last):  # from the left: the widest place begins the name
        if _is_place(pieces[index]) and not _is_place(pieces[index + 1]):
            while index > first and _is_place(pieces[index - 1]):
                index -= 1
            return index
    if not is_firm:
        return next((index for index in range(first, last) if _may_open(pieces[index])), last)
    while first < last and not _is_unknown(pieces[first][0]):
        first += 1
    return first


def _is_inside(pieces: list[Piece], index: int) -> bool:
    surface, tag = pieces[index]
    if surface in _JOINERS:  # 广源|和|食品 is one name, since 广源 is none by itself
        return index > 1 and _is_unknown(pieces[index - 1][0]) and _is_place(pieces[index - 2])
    if surface in load_word_set("firm_ends") or surface in load_word_set("owners"):
        return False
    return tag in _INSIDE_TAGS


def _is_place(piece: Piece) -> bool:
    surface, tag = piece
    return tag == "ns" and surface not in load_heads() and surface not in load_word_set("scopes")


def _may_open(piece: Piece) -> bool:
    """Tell whether a body's name may begin with a word that is no place: 世界|黄金|协会."""
    surface, tag = piece
    return surface in load_word_set("body_openers") or (tag == "nt" and len(surface) >= _FULL_NAME)


def _is_unknown(surface: str) -> bool:
    return len(surface) >= _SHORT and dictionary_tag(surface) is None
