"""Short forms of an article go back to their full names."""

from kg.aliases import find_aliases, find_strays
from kg.records import Article, Mention, Span
from kg.schema import EntityKind


def mention(
    name: str, start: int = 0, kind: str = "Organization", text: str = "", source: str = "phrase"
) -> Mention:
    text = text or name
    return Mention("article/a", 0, Span(start, start + len(text)), text, name, EntityKind(kind), source)


def aliases(text: str, *mentions: Mention) -> dict[str, str]:
    return find_aliases(Article(id="article/a", title="", text=text), mentions)


def test_a_declared_short_form_names_what_stands_before_it() -> None:
    found = aliases("江海钢铁公司（以下简称江钢）投产。", mention("江海钢铁公司"))
    assert found["江钢"] == "江海钢铁公司"


def test_a_short_title_is_the_full_title_that_ends_so() -> None:
    full = "关于促进就业的意见"
    found = aliases("", mention(full, 0, "Policy", f"《{full}》"), mention("意见", 20, "Policy", "《意见》"))
    assert found["意见"] == full


def test_the_tail_of_one_body_is_that_body_but_of_two_is_none() -> None:
    one, two = mention("青岛市交通运输委"), mention("济南市交通运输委", 20)
    tail = mention("市交通运输委", 40)
    assert aliases("", one, tail)["市交通运输委"] == "青岛市交通运输委"
    assert "市交通运输委" not in aliases("", one, two, tail)


def test_a_guess_that_stands_once_is_a_stray() -> None:
    once, twice = mention("还须", source="guess"), mention("算力券", source="guess")
    assert find_strays((once, twice, twice)) == {"还须"}
