"""What every relation rule reads, with a sentence it must find its relation in.

The table is ``ontology/rules/relation_rules.tsv``; the tests run every example, so that it stays true.
"""

from dataclasses import dataclass
from functools import cache

from kg.errors import KgError
from kg.resources import resource_path
from kg.schema import RelationKind
from kg.tables import read_table

COLUMNS = ("id", "kind", "reads", "example", "expected")
ANY = "*"  # the kind of rules whose verb or head tells the relation
UNWEIGHED = 0.7  # the confidence of what a rule states until it is weighed (kg.judging): most rules are right


def family_of(rule: str) -> str:
    """Return the family of a rule, under which it is described: the rest is the relation of its verb or head.

    Example:
        >>> family_of("main:promotes"), family_of("list-class")
        ('main', 'list-class')
    """
    return rule.partition(":")[0]


@dataclass(frozen=True, slots=True)
class RuleDescription:
    """One rule: a family of rule ids, such as ``main`` of ``main:promotes``.

    ``expected`` is ``subject|kind|object``, found by this rule in ``example``; ``ARTICLE`` is the article
    itself, and a title stands in the example before a backslash and n. ``kind`` is ``*`` where the verb or
    a head tells the relation.
    """

    id: str
    kind: str
    reads: str
    example: str
    expected: tuple[str, str, str]


@cache
def load_rule_descriptions() -> dict[str, RuleDescription]:
    """Return the descriptions by rule id, in the order of the table.

    Raises:
        KgError: A row repeats an id, names no relation kind, or expects no ``subject|kind|object``.

    Example:
        >>> load_rule_descriptions()["list-class"].expected
        ('前沿技术', 'includes', '人工智能')
    """
    path = resource_path("rules", "relation_rules.tsv")
    kinds = {kind.value for kind in RelationKind}
    found: dict[str, RuleDescription] = {}
    for number, (rule, kind, reads, example, expected) in read_table(path, COLUMNS):
        where = f"{path.name}:{number}"
        parts = tuple(expected.split("|"))
        if rule in found:
            raise KgError(f"{where}: rule {rule!r} stands twice; remove one row")
        if kind not in kinds and kind != ANY:
            raise KgError(f"{where}: {kind!r} is not a relation kind; expected one, or {ANY!r} for any")
        if len(parts) != 3:
            raise KgError(f"{where}: expected cell is {expected!r}; expected 'subject|kind|object'")
        found[rule] = RuleDescription(rule, kind, reads, example, (parts[0], parts[1], parts[2]))
    return found
