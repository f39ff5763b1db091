"""Nouns become mentions under the name that stands on its own."""

from collections.abc import Callable

import pytest

from kg.extraction import read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article, Mention


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def read(lexicon: Lexicon) -> Callable[[str], dict[str, Mention]]:
    def find(text: str) -> dict[str, Mention]:
        reading = read_article(Article(id="article/a", title="", text=text), lexicon=lexicon)
        return {mention.name: mention for mention in reading.stated.mentions}

    return find


Reader = Callable[[str], dict[str, Mention]]


def test_a_mention_quotes_the_article(read: Reader) -> None:
    text = "加快发展新质生产力，推动产业结构优化升级。"
    for mention in read(text).values():
        assert text[mention.span.start : mention.span.end] == mention.text


def test_a_person_is_named_without_the_title(read: Reader) -> None:
    found = read("省发展改革委副主任何平指出，要加快发展数字经济。")
    assert found["何平"].kind == "Person"


def test_an_office_without_its_holder_is_no_entity(read: Reader) -> None:
    assert "上海市委书记" not in read("时任上海市委书记提出建设创新高地。")


def test_faults_are_issues_by_how_they_begin(read: Reader) -> None:
    assert read("坚决遏制盲目扩张。")["盲目扩张"].kind == "Issue"


def test_a_fault_told_by_a_predicate_is_a_problem(read: Reader) -> None:
    assert read("目前接口标准不统一。")["接口标准不统一"].kind == "Issue"


def test_a_scope_is_no_entity(read: Reader) -> None:
    assert "全球" not in read("主动融入全球创新网络。")


def test_a_plan_that_tells_the_years_is_no_entity(read: Reader) -> None:
    assert not any("十二五" in name for name in read("“十二五”期间，数字经济快速发展。"))


def test_a_word_that_only_the_segmenter_knows_must_stand_twice(read: Reader) -> None:
    assert "奋楫者" not in read("奋楫者先，创新驱动发展。")


def test_several_owners_stand_for_their_common_process(read: Reader) -> None:
    found = read("推动劳动者、劳动资料、劳动对象的跃升。")
    assert {"劳动者", "劳动资料", "劳动对象"} <= found.keys()
    assert "劳动资料跃升" not in found


def test_listed_names_share_a_kind(read: Reader) -> None:
    found = read("推广人工智能、量子计算、微灌等。")
    assert found["微灌"].kind == "Technology"


@pytest.mark.parametrize(
    ("text", "name", "kinds"),
    [
        ("随着竞争的加剧和品牌集中度的提高，市场正在过渡。加剧带来变化。", "加剧", "Indicator Concept"),
        ("产品的品牌定位对市场占有率和品牌可信度的宣传，将是发展的基石。", "品牌可信度", "Indicator Concept"),
        (
            "购进的棉纱、棉布的价格没有回落，而化纤、涤纶等与石油有关的原材料价格上涨。",
            "棉布",
            "Sector Concept",
        ),
        ("他做出影响个人和企业命运的决策。", "企业命运", "Organization Concept"),
    ],
)
def test_a_name_of_two_kinds_gives_its_mentions_in_the_order_they_were_named(
    lexicon: Lexicon, text: str, name: str, kinds: str
) -> None:  # a set of them would stand in another order in every other process
    found = read_article(Article("a", "", text), lexicon=lexicon).stated.mentions
    assert " ".join(mention.kind.value for mention in found if mention.name == name) == kinds


def test_the_seat_of_a_government_is_named_without_its_country(read: Reader) -> None:
    found = read("双方在肯尼亚首都内罗毕举行会谈。")
    assert found["内罗毕"].kind == "Place"
    assert not any("首都" in name for name in found)


def test_a_foreign_name_behind_its_title_is_a_person(read: Reader) -> None:
    assert read("塞尔维亚总统武契奇当天会见代表团。")["武契奇"].kind == "Person"


def test_a_city_is_named_without_its_province(read: Reader) -> None:
    found = read("安徽淮北和江苏南京签署了协议。")
    assert {"淮北", "南京", "安徽", "江苏"} <= set(found)
    assert not {"安徽淮北", "江苏南京"} & set(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("以色列总理内塔尼亚胡会见代表团。", "内塔尼亚胡"),
        ("联合国近东救济工程处主任专员拉扎里尼发表声明。", "拉扎里尼"),
        ("某国代表团会见秘鲁总统卡斯蒂约。", "卡斯蒂约"),
    ],
)
def test_who_heads_a_foreign_body_is_named_behind_the_title(read: Reader, text: str, name: str) -> None:
    assert read(text)[name].kind == "Person"


@pytest.mark.parametrize(
    ("text", "name"),
    [("该产品深受消费者青睐。", "消费者"), ("合约在期货市场上基本持平。", "期货市场")],
)
def test_a_name_ends_before_what_tells_of_it(read: Reader, text: str, name: str) -> None:
    assert name in read(text)


def test_latin_names_keep_their_spaces(read: Reader) -> None:
    found = read("顾问Anna Lindberg介绍，Nova Pad 3销量增长，Nova Pad 3很受欢迎。")
    assert found["Anna Lindberg"].kind == "Person"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("商务部数据显示，外贸回升。", "商务部"),
        ("路透社报道，美国经济放缓。", "路透社"),
        ("据美国媒体报道，当地粮价上涨。", "美国媒体"),
    ],
)
def test_a_report_is_named_by_the_body_that_gives_it(text: str, body: str, read: Reader) -> None:
    found = read(text)
    assert found[body].kind == "Organization"
    assert not any(name.endswith(("数据", "报道")) for name in found)


def test_data_of_a_class_of_bodies_are_a_thing(read: Reader) -> None:
    assert "企业数据" in read("推动企业数据和公共数据开放共享。")


def test_an_office_of_a_government_is_a_body(read: Reader) -> None:
    assert read("中央改革办印发方案。")["中央改革办"].kind == "Organization"
    assert read("宣传部部长王建新出席活动。")["王建新"].kind == "Person"


def test_the_noun_behind_an_adjective_is_named_with_it(read: Reader) -> None:
    found = read("省防指启动三级应急响应。双方开展战略对话。")
    assert found["战略对话"].kind == "Event"
    assert "三级应急" not in found


def test_common_words_are_no_places_or_people(read: Reader) -> None:
    found = read("企业加盟热情高涨，企业加盟增多，井盖和沙滩得到治理，井盖和沙滩焕然一新。")
    assert not {mention.kind.value for mention in found.values()} & {"Place", "Person"}


@pytest.mark.parametrize(
    ("text", "named", "unnamed"),
    [
        ("农业部会同水利部研究提出了改进意见。", "水利部", "水利部研究"),
        ("各部门因地制宜，更新理念。", "各部门", "各部门因地制宜"),
        ("业内人士猜测，该产品将停产。", "业内人士", "业内人士猜测"),
        ("会议部署应对入冬以来降水偏少的情况。", "降水偏少", "以来降水偏少"),
        ("年度考核与社会效益考核相结合。", "社会效益考核", "社会效益考核相结合"),
        ("波音首席执行官承认该公司有错误。", "波音公司", "波音首席执行官"),
    ],
)
def test_what_an_actor_does_is_no_part_of_its_name(read: Reader, text: str, named: str, unnamed: str) -> None:
    found = read(text)
    assert named in found
    assert unnamed not in found


def test_a_price_that_rises_by_a_number_is_no_problem(read: Reader) -> None:
    assert read("钢材价格上涨。")["钢材价格上涨"].kind == "Issue"
    assert "钢材价格同比上涨" not in read("钢材价格同比上涨5.2%。")


@pytest.mark.parametrize(
    ("text", "matter", "kind"),
    [
        ("关于大连新机场建设项目问题。", "大连新机场建设项目", "Policy"),
        ("二、关于食品加工业问题。", "食品加工业", "Sector"),
        ("（三）关于加强地质灾害监测问题。", "地质灾害监测", "Concept"),
    ],
)
def test_the_matter_of_a_heading_is_no_problem(read: Reader, text: str, matter: str, kind: str) -> None:
    assert read(text)[matter].kind == kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("美国研究公司DisplaySearch称，电视出货量增长。", "美国研究公司DisplaySearch", "Organization"),
        ("WitsView数据显示，面板价格下跌。", "WitsView", "Organization"),
        ("市场上出现了三星GalaxyTab。", "三星GalaxyTab", "Technology"),
    ],
)
def test_a_latin_name_is_what_stands_before_it(read: Reader, text: str, name: str, kind: str) -> None:
    assert read(text)[name].kind == kind


def test_what_happens_at_a_place_is_no_part_of_its_name(read: Reader) -> None:
    assert "华南地区上市" not in read("产品在华南地区上市。")


def test_what_is_done_is_no_entity(read: Reader) -> None:
    assert "维护" not in read("要坚持合作，维护以联合国为核心的国际体系。")
    assert not any(name.startswith("人") for name in read("地震造成2人死亡、12人受伤。"))


def test_a_degree_with_its_adjective_is_a_predicate(read: Reader) -> None:
    assert "企业发展空间更大" not in read("企业发展空间更大，群众获得感更强。")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("要坚持依法合规，严格执行规定。", "依法合规"),
        ("各单位要坚持平稳过渡、妥当衔接。", "平稳过渡"),
        ("做好宣传引导和风险防范。", "宣传引导"),
        ("机场出现航班延误。", "航班延误"),
        ("一些分析师认为，价格将回落。", "分析师"),
    ],
)
def test_deeds_held_to_and_classes_of_people_are_entities(read: Reader, text: str, name: str) -> None:
    assert name in read(text)


def test_a_firm_verb_stands_in_no_name(read: Reader) -> None:
    assert not any("出现" in name for name in read("机场出现航班延误。"))


def test_what_is_listed_before_its_class_is_of_its_kind(read: Reader) -> None:
    found = read("聚焦新型电池、海上风电装备、核技术应用等新兴产业。")
    assert {found[name].kind for name in ("新型电池", "海上风电装备", "核技术应用")} == {"Sector"}
    assert read("聚焦新型电池、海上风电装备等产品。")["新型电池"].kind == "Technology"


def test_who_stands_behind_a_class_of_people_is_a_person(read: Reader) -> None:
    assert read("品牌代言人周丽娜昨天首次亮相。")["周丽娜"].kind == "Person"


def test_goods_told_only_by_a_quality_are_a_concept(read: Reader) -> None:
    found = read("企业推出优质产品，销售电线电缆产品。")
    assert found["优质产品"].kind == "Concept"
    assert found["电线电缆产品"].kind == "Technology"


@pytest.mark.parametrize(
    "text", ["徐建明表示，市场在变化。", "徐建明：市场在变化。", "徐建明也表示，市场在变化。"]
)
def test_who_speaks_under_an_unknown_name_is_a_person(read: Reader, text: str) -> None:
    assert read(text)["徐建明"].kind == "Person"


def test_an_office_of_the_state_without_its_holder_is_no_entity(read: Reader) -> None:
    assert "国家主席" not in read("国家主席、中央军委主席习近平签署命令。")


def test_states_that_are_counted_are_no_part_of_a_name(read: Reader) -> None:
    found = read("两国立法机构加强交流合作。")
    assert "立法机构" in found
    assert "国立法机构" not in found
