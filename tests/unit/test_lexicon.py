"""What the loader accepts and refuses, and what the search finds."""

import pickle
from functools import cache
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.lexicon import COLUMNS, Lexicon, load_lexicon
from kg.records import Code
from kg.resources import resource_path
from kg.schema import EntityKind


@cache
def shipped() -> Lexicon:
    return load_lexicon()


def table(folder: Path, *rows: str, header: str = "\t".join(COLUMNS), name: str = "own.tsv") -> Path:
    """Write a table; the cells of a row are separated by ``;`` and the missing ones added."""
    lines = ["\t".join([*row.split(";"), *[""] * len(COLUMNS)][: len(COLUMNS)]) for row in rows]
    path = folder / name
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


def names(text: str, lexicon: Lexicon | None = None) -> list[str]:
    return [term.name for _, _, term in (lexicon or shipped()).find(text)]


@pytest.mark.parametrize(
    ("surface", "name", "kind"),
    [
        ("央行", "中国人民银行", EntityKind.ORGANIZATION),
        ("发改委", "国家发展和改革委员会", EntityKind.ORGANIZATION),
        ("世行", "世界银行", EntityKind.ORGANIZATION),
        ("我国", "中国", EntityKind.PLACE),
        ("美", "美国", EntityKind.PLACE),
        ("广西壮族自治区", "广西", EntityKind.PLACE),
        ("中共二十大", "党的二十大", EntityKind.EVENT),
        ("习近平总书记", "习近平", EntityKind.PERSON),
        ("黑色金属冶炼及压延加工业", "黑色金属冶炼和压延加工业", EntityKind.SECTOR),
    ],
)
def test_another_name_leads_to_the_term(surface: str, name: str, kind: EntityKind) -> None:
    term = shipped().lookup(surface)
    assert term is not None
    assert (term.name, term.kind) == (name, kind)


def test_an_unknown_name_leads_nowhere() -> None:
    assert shipped().lookup("并不存在的东西") is None


@pytest.mark.parametrize(
    ("name", "scheme", "notation"),
    [
        ("汽车制造业", "GB/T 4754—2017", "C36"),
        ("计算机、通信和其他电子设备制造业", "GB/T 4754—2017", "C39"),
        ("深圳", "GB/T 2260", "440300"),
        ("新疆", "GB/T 2260", "650000"),
        ("德国", "ISO 3166-1", "DE"),
    ],
)
def test_codes_of_outside_schemes_are_known(name: str, scheme: str, notation: str) -> None:
    term = shipped().lookup(name)
    assert term is not None
    assert Code(scheme, notation) in term.codes


def codes(scheme: str) -> list[str]:
    return [code.notation for term in shipped().terms for code in term.codes if code.scheme == scheme]


def test_all_sections_and_divisions_of_the_industry_standard_are_there() -> None:
    found = codes("GB/T 4754—2017")
    assert sorted(c for c in found if len(c) == 1) == list("ABCDEFGHIJKLMNOPQRST")
    assert sorted(c[1:] for c in found if len(c) == 3) == [f"{number:02}" for number in range(1, 98)]


def test_all_provinces_and_prefectures_are_there_once() -> None:
    found = codes("GB/T 2260")
    assert len(found) == len(set(found))
    assert sum(code.endswith("0000") for code in found) == 34
    assert sum(code.endswith("00") and not code.endswith("0000") for code in found) == 333


@pytest.mark.parametrize("scheme", ["GB/T 4754—2017", "ISO 3166-1"])
def test_no_code_is_given_twice(scheme: str) -> None:
    assert len(codes(scheme)) == len(set(codes(scheme)))


def test_the_lexicon_holds_thousands_of_terms_of_every_kind() -> None:
    kinds = {kind: sum(term.kind is kind for term in shipped().terms) for kind in EntityKind}
    assert len(shipped().terms) >= 10_000
    assert min(kinds.values()) >= 400, kinds


def test_terms_are_sorted_by_name() -> None:
    listed = [term.name for term in shipped().terms]
    assert listed == sorted(set(listed))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中国人民银行上海总部", ["中国人民银行", "上海"]),  # the longest name wins
        ("京东方和京东", ["京东方", "京东集团"]),
        ("上海市场回暖", ["上海", "市场"]),  # 市场 is not cut
        ("各级财政部门", []),  # nor is 部门
        ("美国国防部长", ["美国"]),
        ("进口商品", []),
        ("大美青海", ["青海"]),  # 美 alone is never searched for
        ("OpenAIX", []),  # letters run on
        ("根据WTO规则", ["世界贸易组织"]),
        ("", []),
        ("美", []),
    ],
)
def test_names_are_found_whole(text: str, expected: list[str]) -> None:
    wanted = {
        "中国人民银行",
        "上海",
        "京东方",
        "京东集团",
        "市场",
        "美国",
        "青海",
        "世界贸易组织",
        "财政部",
        "国防部",
        "进口商",
    }
    wanted |= {"开放人工智能研究中心"}
    assert [name for name in names(text) if name in wanted] == expected


def test_a_code_is_given_as_scheme_with_notation(tmp_path: Path) -> None:
    lexicon = load_lexicon([table(tmp_path, "甲乙丙业;Sector;;一|二;A1|B2;制造业;https://example.org/x;")])
    term = lexicon.lookup("甲乙丙业")
    assert term is not None
    assert term.codes == (Code("一", "A1"), Code("二", "B2"))
    assert (term.broader, term.exact_match) == (("制造业",), ("https://example.org/x",))


def test_an_own_term_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    lexicon = load_lexicon([table(tmp_path, "中国人民银行;Person;人行大楼")])
    term = lexicon.lookup("中国人民银行")
    assert term is not None
    assert term.kind is EntityKind.PERSON
    assert lexicon.lookup("央行") is None
    assert names("人行大楼", lexicon) == ["中国人民银行"]


def test_an_own_term_takes_over_an_alias_and_leaves_the_rest(tmp_path: Path) -> None:
    lexicon = load_lexicon([table(tmp_path, "某国央行;Organization;央行")])
    taken, kept = lexicon.lookup("央行"), lexicon.lookup("中国人民银行")
    assert taken is not None
    assert kept is not None
    assert taken.name == "某国央行"
    assert "央行" not in kept.aliases
    assert lexicon.lookup("人民银行") == kept
    assert kept in lexicon.terms


def test_a_later_own_table_wins_over_an_earlier_one(tmp_path: Path) -> None:
    first = table(tmp_path, "甲乙丙;Concept", name="1.tsv")
    second = table(tmp_path, "甲乙丙;Issue", name="2.tsv")
    term = load_lexicon([first, second]).lookup("甲乙丙")
    assert term is not None
    assert term.kind is EntityKind.ISSUE


def test_the_digest_follows_the_tables(tmp_path: Path) -> None:
    own = table(tmp_path, "甲乙丙;Concept")
    digest = load_lexicon([own]).digest
    assert digest == load_lexicon([own]).digest
    assert digest != shipped().digest
    table(tmp_path, "甲乙丙;Issue")
    assert load_lexicon([own]).digest != digest


def test_lines_for_people_are_passed_over(tmp_path: Path) -> None:
    own = table(tmp_path, "甲乙丙;Concept")
    own.write_text(own.read_text(encoding="utf-8") + "# a remark\n\n", encoding="utf-8")
    assert load_lexicon([own]).lookup("甲乙丙") is not None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "甲乙丙;Orgnization",
            "own.tsv:2: kind 'Orgnization' is not a known entity kind; did you mean 'Organization'?",
        ),
        (";Concept", "own.tsv:2: name is empty"),
        ("甲乙丙;", "own.tsv:2: kind '' is not a known entity kind; Known kinds: Concept, Event,"),
        ("甲乙丙;Concept;甲|甲", "own.tsv:2: '甲乙丙' has the same name twice in '甲|甲'"),
        ("甲乙丙;Concept;甲乙丙", "own.tsv:2: '甲乙丙' has the same name twice in '甲乙丙'"),
        ("甲乙丙;Concept;甲||乙", "own.tsv:2: aliases '甲||乙' has an empty or padded entry"),
        ("甲乙丙;Sector;;GB/T 4754—2017", "own.tsv:2: 1 scheme(s) but 0 notation(s)"),
        (
            "甲乙丙;Sector;;;;制造叶",
            "own.tsv:2: broader '制造叶' of '甲乙丙' names no term; did you mean '制造",
        ),
        ("甲乙丙;Place;;;;我国", "own.tsv:2: broader '我国' of '甲乙丙' names no term; did you mean '中国'?"),
    ],
)
def test_a_wrong_row_is_told_by_file_and_line(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(KgError) as error:
        load_lexicon([table(tmp_path, row)])
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_two_terms_of_one_surface_in_a_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"own.tsv:3: '甲' of '乙乙' already stands for '甲甲' \(own.tsv:2\)"):
        load_lexicon([table(tmp_path, "甲甲;Concept;甲", "乙乙;Concept;甲")])


def test_another_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"own.tsv:1: header is"):
        load_lexicon([table(tmp_path, "甲乙丙;Concept", header="name\tsort")])


def test_a_row_with_too_few_cells_is_refused(tmp_path: Path) -> None:
    own = table(tmp_path, "甲乙丙;Concept")
    own.write_text(own.read_text(encoding="utf-8") + "丁\tConcept\n", encoding="utf-8")
    with pytest.raises(KgError, match=r"own.tsv:3: 2 cells; expected 8"):
        load_lexicon([own])


def test_a_missing_table_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"none.tsv: No such file"):
        load_lexicon([tmp_path / "none.tsv"])


def test_a_table_that_is_not_utf8_is_told_with_the_byte(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_bytes("\t".join(COLUMNS).encode() + "\n甲乙丙\n".encode("gb18030"))
    with pytest.raises(KgError, match=r"own.tsv: not UTF-8 \(byte 0x"):
        load_lexicon([own])


def test_a_lexicon_can_be_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(shipped()))
    assert copy == shipped()
    assert names("世界银行", copy) == ["世界银行"]


def test_every_shipped_table_has_the_columns_the_readme_explains() -> None:
    readme = resource_path("lexicon", "README.md").read_text(encoding="utf-8")
    assert all(f"`{column}`" in readme for column in COLUMNS)


def test_no_shipped_name_holds_stray_space_or_half_a_bracket() -> None:
    surfaces = [surface for term in shipped().terms for surface in term.surfaces]
    assert [s for s in surfaces if s != s.strip() or "  " in s] == []
    for left, right in ("（）", "“”", "《》", "()"):
        assert [s for s in surfaces if s.count(left) != s.count(right)] == []
