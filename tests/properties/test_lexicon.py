"""Laws of the lexicon that hold for every text."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import Lexicon, Term, load_lexicon


@cache
def shipped() -> Lexicon:
    return load_lexicon()


@cache
def surfaces() -> tuple[str, ...]:
    return tuple(surface for term in shipped().terms for surface in term.surfaces)


def texts() -> st.SearchStrategy[str]:
    """Names of the lexicon, whole and cut, with other characters between them."""
    name = st.integers(0, len(surfaces()) - 1).map(lambda index: surfaces()[index])
    cut = st.tuples(name, st.integers(1, 6)).map(lambda pair: pair[0][: pair[1]])
    filler = st.text("的市部门业链场和AI0长，。", max_size=3)
    return st.lists(st.one_of(name, cut, filler), max_size=8).map("".join)


def slowly_found(lexicon: Lexicon, text: str) -> list[tuple[int, int, Term]]:
    """Try every length at every place, by the documented rules alone."""
    found = []
    position = 0
    while position < len(text):
        for end in range(len(text), position + 1, -1):
            surface = text[position:end]
            if surface in lexicon._searched and lexicon._is_whole(text, position, end):
                term = lexicon._searched[surface]
                if term is not None:
                    found.append((position, end, term))
                position = end
                break
        else:
            position += 1
    return found


@given(texts())
def test_the_fast_search_finds_what_the_slow_one_finds(text: str) -> None:
    assert shipped().find(text) == slowly_found(shipped(), text)


@given(texts())
def test_found_terms_stand_in_order_without_overlap_under_one_of_their_names(text: str) -> None:
    position = 0
    for start, end, term in shipped().find(text):
        assert position <= start < end <= len(text)
        assert text[start:end] in term.surfaces
        position = end


@given(st.integers(0, 10**9))
def test_every_surface_leads_to_the_term_that_carries_it(seed: int) -> None:
    surface = surfaces()[seed % len(surfaces())]
    term = shipped().lookup(surface)
    assert term is not None
    assert surface in term.surfaces


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    for start, end, _ in shipped().find(text):
        assert end - start >= 2
