"""The part each word plays in its clause, one letter a word.

Chinese words carry no endings: 发展 is a verb in 发展新业态 and a noun in 产业发展. The letters are
decided left to right from the tag, the roles before and the tags after; each rule here is a truth
about the language, not about one text.

N noun, A attributive, V verb, M modal, D adverb, P preposition, C conjunction, E 的, I 地, G 等,
Q number or measure, R pronoun, F localizer, T time, U particle, X other, "、" list mark, "," clause
end, "“" and "”" quotation marks, "(" and ")" brackets.
"""

from collections.abc import Sequence

from kg.records import Word
from kg.roles.readers import RoleReader

__all__ = ["find_roles"]


def find_roles(words: Sequence[Word]) -> str:
    """Return one role letter a word.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.words import split_words
        >>> find_roles(split_words("支持学校发展，发展新业态", offset=0, lexicon=load_lexicon()))
        'VNN,VN'
    """
    return RoleReader(words).read()
