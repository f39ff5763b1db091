"""Clauses: who does what to what, read from roles and base noun phrases.

The grammar is that of closed classes: commas cut clauses; prepositions, 的, 、, 和 and 等 say how noun
phrases hang together; verbs take the phrase before them as subject and the one after as object. What
it yields are frames, each one verb with its arguments, which ``kg.relations`` turns into claims.

The reader is built in layers, each a class on top of the one before: ``states`` holds the place in the
sentence, ``lookaheads`` answers questions about what follows, ``nominals`` reads nouns, ``frames`` verbs,
``objects`` what verbs and prepositions govern, ``predicates`` verbs with their objects, relative clauses
and verbs chained to them, ``readers`` whole clauses.
"""

from kg.clauses.joints import find_joints
from kg.clauses.readers import Reader
from kg.clauses.records import Frame, Joint, Nominal, Noun, Parse, Prepositional
from kg.phrases import find_phrases
from kg.records import Sentence, Word
from kg.roles import find_roles

__all__ = ["Frame", "Joint", "Nominal", "Noun", "Parse", "Prepositional", "parse_sentence"]


def parse_sentence(sentence: Sentence, words: tuple[Word, ...]) -> Parse:
    """Return the nominals and frames of a sentence, in reading order.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.records import Span
        >>> from kg.words import split_words
        >>> text = "科技创新催生新产业。"
        >>> words = split_words(text, offset=0, lexicon=load_lexicon())
        >>> frame = parse_sentence(Sentence("a1", 0, Span(0, len(text)), text), words).frames[0]
        >>> frame.subjects[0].name, frame.verb, frame.objects[0].name
        ('科技创新', '催生', '新产业')
    """
    roles = find_roles(words)
    phrases = find_phrases(words, roles)
    reader = Reader(words, roles, {phrase.first: phrase for phrase in phrases})
    reader.read_clauses(len(words))
    joints = tuple(find_joints(words, phrases))
    return Parse(sentence, words, roles, phrases, tuple(reader.nominals), tuple(reader.frames), joints)
