"""What the rules say of the pairs of one sentence, as features."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from kg.judging.models import Features
from kg.judging.surroundings import NONE
from kg.records import Claim, Mention

ARTICLE = "ARTICLE"
_REMEMBERED = 1 << 12  # combinations of what rules say of two things


def name_of(subject: Mention | None) -> str:
    """Return the name of a subject; the article's is ARTICLE."""
    return subject.name if subject is not None else ARTICLE


class Stated:
    """What the rules say of the pairs of one sentence."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._by_pair: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        self._by_subject: dict[str, str] = {}
        self._by_object: dict[str, str] = {}
        for claim in claims:
            subject = name_of(claim.subject)
            self._by_pair[subject, claim.object.name].append(claim)
            self._by_subject.setdefault(subject, claim.kind.value)
            self._by_object.setdefault(claim.object.name, claim.kind.value)

    def __contains__(self, pair: tuple[str, str]) -> bool:
        return pair in self._by_pair

    def kind_between(self, subject: str, obj: str) -> str:
        """Return the first relation stated between two names, ``-`` where there is none."""
        found = self._by_pair.get((subject, obj))
        return found[0].kind.value if found else NONE

    def features_of(self, subject: str, obj: str, kind_of_object: str) -> Features:
        """Return what the rules say of a pair, of its ends, and the other way round."""
        found = self._by_pair.get((subject, obj), ())
        back = self.kind_between(obj, subject)
        of_object, of_subject = self._by_object.get(obj, NONE), self._by_subject.get(subject, NONE)
        of_ends = _of_claims(bool(found), back, of_object, of_subject, kind_of_object)
        if not found:
            return of_ends
        of_pair = [
            (f"C:{claim.kind.value}", f"R:{claim.rule}", f"Ck:{claim.kind.value}|{kind_of_object}")
            for claim in found
        ]
        return (*chain.from_iterable(of_pair), *of_ends)


@lru_cache(maxsize=_REMEMBERED)
def _of_claims(is_stated: bool, back: str, of_object: str, of_subject: str, kind_of_object: str) -> Features:
    return (
        *(() if is_stated else ("no claim",)),
        f"Cr:{back}",
        f"Co:{of_object}|{kind_of_object}",
        f"Cs:{of_subject}",
        f"Cso:{is_stated}{of_object == NONE}{of_subject == NONE}",
    )
