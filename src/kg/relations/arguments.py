"""What a reading of a frame gets: the names that its nouns have."""

from collections.abc import Callable, Iterator

from kg.clauses import Frame
from kg.records import Claim, Record
from kg.relations.contexts import Context
from kg.relations.states import Mentions


class Arguments(Record, frozen=True):
    """What the nouns of a frame name; ``taken`` is what 把 puts before the verb, an object like others."""

    subjects: Mentions
    objects: Mentions
    taken: Mentions


Reading = Callable[[Context, Frame, Arguments], Iterator[Claim] | None]
