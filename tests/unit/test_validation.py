"""The sample keeps the contract, and each way of breaking it is seen and named."""

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.rdf import turtle_chunks, write_trig
from kg.validation import validate
from sample import sample_graph

TURTLE = "".join(turtle_chunks(sample_graph()))


def test_the_sample_conforms_without_a_warning() -> None:
    report = validate(sample_graph())
    assert report.conforms
    assert report.faults == ()
    assert report.to_text().endswith("triples: conforms; 0 faults, 0 warnings")


def test_a_file_and_a_folder_are_validated_like_the_graph(tmp_path: Path) -> None:
    write_trig(sample_graph(), tmp_path / "graph.trig")
    (tmp_path / "all.ttl").write_text(TURTLE, encoding="utf-8")
    reports = [validate(source) for source in (sample_graph(), tmp_path, tmp_path / "all.ttl")]
    assert len(set(reports)) == 1


# what is replaced in the export, by what, and what the report must say
BROKEN = [
    # articles
    ('dcterms:date "2024-03-12"^^xsd:date', 'dcterms:date "2024-02-30"', "dcterms:date must be"),
    ("dcterms:creator person:王明", "dcterms:creator entity:江苏", "dcterms:creator must be a kg:Person"),
    ("dcterms:publisher organization:人民日报", 'dcterms:publisher "人民日报"', "dcterms:publisher must be"),
    ('kg:sourceFile "sample/加快发展.md" ;', "", "kg:sourceFile must be one string"),
    ("kg:sentenceCount 8", "kg:sentenceCount -8", "kg:sentenceCount must be"),
    # sentences and mentions
    ("kg:begin 10 ;", "kg:begin 10000 ;", "smaller than kg:end"),
    ("kg:begin 10 ;", 'kg:begin "ten" ;', "kg:begin must be one integer"),
    ("kg:begin 10 ;", "kg:begin 11 ;", "text must be what the article has"),
    ("kg:index 1 ;", "", "kg:index must be one integer"),
    ("kg:refersTo entity:江苏", "kg:refersTo kg:Place", "kg:refersTo must be one entity"),
    # entities
    ('skos:prefLabel "江苏"@zh', 'skos:prefLabel "Jiangsu"@en', "skos:prefLabel must be one name in Chinese"),
    ('skos:altLabel "央企"@zh', 'skos:altLabel "中央企业"@zh', "skos:altLabel must differ"),
    ("skos:broader entity:企业", 'skos:broader "企业"', "skos:broader must be an entity"),
    ("a kg:Place ;", "a kg:Place, kg:Sector ;", "a thing must have one class"),
    ("a kg:Technology ;", "a kg:Sector_ ;", "must be an entity"),
    # statements
    ("kg:modality kg:Planned", "kg:modality kg:Hoped", "kg:modality must be one of"),
    ("kg:strength kg:Permitted", "kg:strength kg:Weak", "kg:strength must be one of"),
    ("kg:negated true ;", "", "kg:negated must be one xsd:boolean"),
    ("kg:confidence 0.65", "kg:confidence 1.65", "kg:confidence must be one xsd:decimal from 0 to 1"),
    ("rdf:predicate kg:faces", "rdf:predicate kg:mentions", "rdf:predicate must be one relation"),
    ('kg:cue "牵头组建" ;', 'kg:cue "牵头" ;', "kg:cue must be what the article has"),
    ("kg:rule", "kg:rule_", "kg:rule must be one rule id"),
    ("prov:wasDerivedFrom", "prov:used", "prov:wasDerivedFrom must be at least one"),
    (
        "    kg:attributedTo entity:习近平",
        "    kg:attributedTo entity:无",
        "kg:attributedTo must be an entity",
    ),
    ("kg:modality kg:Planned ;", "kg:modality kg:Planned ; kg:strength kg:Strong ;", "kg:strength is for"),
    # relations
    ("    kg:hinders entity:量子产业 ;\n", "", "must stand as a plain triple too"),
    (
        "    kg:faces entity:原始创新不多 .",
        "    kg:faces entity:原始创新不多, entity:重复建设 .",
        "must have a statement",
    ),
    (
        "    kg:faces entity:原始创新不多 .",
        '    kg:faces "原始创新不多" .',
        "object of a relation must be an entity",
    ),
    # observations
    ("kg:value 5787.0", 'kg:value "5787"', "kg:value must be one xsd:decimal"),
    ('kg:unit "亿元" ;', "", "kg:unit must be one string"),
    ("kg:observationKind kg:Target", "kg:observationKind kg:Wish", "kg:observationKind must be one of"),
    ("kg:approximate true", 'kg:approximate "about"', "kg:approximate must be one xsd:boolean"),
    ("kg:indicator entity:出口额", 'kg:indicator "出口额"', "kg:indicator must be one entity"),
    ("qb:dataSet id:dataset ;", "", "qb:dataSet must be the data set"),
    # diagnostics and the data set
    ('kg:code "truncated-end"', 'kg:code "Truncated end!"', "kg:code must be one code"),
    ("kg:line 4", "kg:line 0", "kg:line must be an integer from 1"),
    ('kg:configuration "sha256:', 'kg:configuration "md5:', "kg:configuration must be one sha256 digest"),
    ('kg:toolVersion "0.1.0" ;', "", "kg:toolVersion must be one string"),
]


@pytest.mark.parametrize(
    ("old", "new", "said"), BROKEN, ids=[f"{n}-{row[2][:40]}" for n, row in enumerate(BROKEN)]
)
def test_broken_data_turns_the_report_red(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TURTLE
    path = tmp_path / "broken.ttl"
    path.write_text(TURTLE.replace(old, new, 1), encoding="utf-8")
    report = validate(path)
    assert not report.conforms
    assert any(said in fault.message for fault in report.faults), report.to_text()


# what is unusual, by the kinds at the ends of a relation, is told and does no harm
UNUSUAL = [
    ("a kg:Issue ;", "a kg:Technology ;", "an unusual object of kg:"),
    ("a kg:Event ;", "a kg:Technology ;", "an unusual object of kg:participatesIn"),
    ("a kg:Person ;", "a kg:Indicator ;", "an unusual subject of kg:advocates"),
    ("a kg:Indicator ;", "a kg:Concept ;", "another kind than kg:Indicator"),
    ('kg:time "2027"', 'kg:time "去年"', "no ISO year"),
]


@pytest.mark.parametrize(("old", "new", "said"), UNUSUAL)
def test_an_unusual_end_of_a_relation_is_only_a_warning(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = tmp_path / "unusual.ttl"
    path.write_text(TURTLE.replace(old, new), encoding="utf-8")
    warnings = [fault for fault in validate(path).faults if fault.is_warning]
    assert any(said in fault.message for fault in warnings)


def test_many_faults_are_counted_and_some_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(TURTLE.replace("kg:rule", "kg:rule_"), encoding="utf-8")
    lines = validate(path).to_text().splitlines()
    assert len(lines) == 22
    assert lines[0].startswith("fault: ")
    assert lines[-2] == "… and 14 more"


def test_an_empty_file_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    with pytest.raises(KgError, match="holds no triple"):
        validate(tmp_path / "empty.ttl")
