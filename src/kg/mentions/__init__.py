"""Nouns of the parse become mentions: what a phrase would be called on its own, and its kind.

A mention's span is verbatim text; its name is what the annotation guide asks for: determiners and
praise left out (重要新动能 → 新动能), owner and head joined where the head alone says little
(颠覆性技术的突破 → 颠覆性技术突破), quotation and title marks removed.
"""

from kg.mentions.namers import NamedNouns, find_mentions
from kg.mentions.wordings import without_marks

__all__ = ["NamedNouns", "find_mentions", "without_marks"]
