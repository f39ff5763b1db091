"""What a thing uses applies to it: 海水淡化工程使用反渗透膜."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim
from kg.relations.arguments import Arguments
from kg.relations.contexts import ACTORS, Context
from kg.relations.modality import is_negated
from kg.schema import EntityKind, RelationKind

_NO_USERS = ACTORS | {EntityKind.TECHNOLOGY}


def read_using(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """A technology applies to the field or work that uses it; an actor only has to do with it.

    To a product it belongs as a part: 手机采用双核处理器.
    """
    users = tuple(subject for subject in found.subjects if subject.kind not in _NO_USERS)
    tools = tuple(tool for tool in found.objects if tool.kind is EntityKind.TECHNOLOGY)
    if not users or not tools or is_negated(frame):
        return None
    if frame.place == "main":
        at.scope.settle(found.subjects)
    return at.stated_of_all(frame, tools, RelationKind.APPLIES_TO, users, "using")
