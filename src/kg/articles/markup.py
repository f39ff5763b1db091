"""Markdown and the HTML inside it, reduced to lines; every step takes time linear in the text."""

import html
import re
from dataclasses import replace

from kg.articles.drafts import Level, Line

HEADING_RE = re.compile(r"(#{1,6})\s+(.*?)[\s#]*")
_BOLD_RE = re.compile(r"(\*\*|__)([^*_]+)\1\s*[：:]?")
_STARS_RE = re.compile(
    r"\*\*+|(?<!\w)__|__(?!\w)|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])|^\*(?=[《（“【]\S)|(?<=[》）”】。])\*$|~~"
)
_IMAGE_RE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,600}\)")
_LINK_RE = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^()\s]{1,600})\)")
_BULLET_RE = re.compile(r"(?:(?:[-*+](?=\s)|>)\s*)+")
_TABLE_RULE_RE = re.compile(r"[|:\-\s]{3,}")
_RULE_RE = re.compile(r"[-*_=\s]{3,}")
_ESCAPE_RE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|])")

_BLOCKS = (
    "p|div|br|hr|table|tbody|thead|tr|ul|ol|li|dl|dt|dd|section|article|main|header|footer"
    "|blockquote|figure|center|form"
)
_BLOCK_TAG_RE = re.compile(rf"<(?:{_BLOCKS}|h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG_RE = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_UNSEEN_RE = re.compile(r"<(/?)(?:script|style|head|noscript|template)\b[^<>]*>", re.IGNORECASE)
_BLOCK_NAMES = frozenset(_BLOCKS.split("|"))
_SERVER_CODE_RE = re.compile(r"<%[^%]*%>|<\?[^?]*\?>|\$\{[^{}]*\}")


def has_block_tags(text: str) -> bool:
    """Tell whether paragraphs of *text* are marked up in HTML."""
    return _BLOCK_TAG_RE.search(text) is not None


def flatten_tags(text: str) -> str:
    """Return *text* without tags; a block's edge is ``\\v``, a heading gets Markdown's signs.

    The number of line breaks stays, so that lines keep their numbers.

    Example:
        >>> flatten_tags("<p><strong>央视网消息</strong>：甲。</p><p>乙&amp;丙。</p>")
        '\\x0b**央视网消息**：甲。\\x0b\\x0b乙&丙。\\x0b'
    """
    text = drop_unseen(text)
    return html.unescape(_TAG_RE.sub(_replace_tag, text)).replace("\u00a0", " ")


def drop_unseen(text: str) -> str:
    """Return HTML without comments, scripts, styles and server-side code."""
    first, *rest = text.split("<!--")
    parts = [first]
    for part in rest:
        comment, mark, after = part.partition("-->")
        parts.append("\n" * comment.count("\n") + after if mark else part)
    text = drop_server_code("".join(parts))
    shown: list[str] = []
    position, hidden = 0, False
    for match in _UNSEEN_RE.finditer(text):
        piece = text[position : match.start()]
        shown.append("\n" * piece.count("\n") if hidden else piece)
        position, hidden = match.end(), not match.group(1)
    shown.append(text[position:])
    return "".join(shown)


def drop_server_code(text: str) -> str:
    """Return a page without what its server should have filled in (``<% … %>``, ``${…}``)."""
    return _SERVER_CODE_RE.sub("", text)


def _replace_tag(match: re.Match[str]) -> str:
    closing, name = match.group(1), match.group(2).lower()
    breaks = "\n" * match.group().count("\n")
    if len(name) == 2 and name[0] == "h" and name[1] in "123456":
        return breaks + ("\v" if closing else "\v" + "#" * int(name[1]) + " ")
    if name in _BLOCK_NAMES:
        return "\v" + breaks
    if name in ("strong", "b"):
        return "**" + breaks
    return ("\t" if name in ("td", "th") and closing else "") + breaks


def read_markdown_line(line: Line) -> Line | None:
    """Return a line without Markdown's signs, its heading level set; ``None`` if nothing is left.

    Example:
        >>> line = read_markdown_line(Line("## **量子技术** [开辟](x.html)新赛道"))
        >>> line.text, line.level
        ('量子技术 开辟新赛道', 2)
    """
    text, level, is_whole = line.text, line.level, line.is_whole
    heading = HEADING_RE.fullmatch(text)
    if heading:
        level, text = len(heading.group(1)), heading.group(2)
    elif _RULE_RE.fullmatch(text):
        return None
    bullet = _BULLET_RE.match(text)
    if bullet and not level:
        text, is_whole = text[bullet.end() :], is_whole or bullet.group()[0] != ">"
    if text.startswith("|"):
        if _TABLE_RULE_RE.fullmatch(text):
            return None
        text, is_whole = "\t".join(cell.strip() for cell in text.strip("|").split("|")), True
    if not level and _BOLD_RE.fullmatch(text):
        level = Level.EMPHASIS
    text = _IMAGE_RE.sub("", text)
    text = _LINK_RE.sub(_keep_link, text)
    text = _ESCAPE_RE.sub(r"\1", _STARS_RE.sub("", text)).strip()
    return replace(line, text=text, level=level, is_whole=is_whole) if text else None


def _keep_link(match: re.Match[str]) -> str:
    """Keep a link's words; the address too where the whole line is the link (查看原文)."""
    is_alone = match.group() == match.string.strip()
    return f"{match.group(1)} {match.group(2)}" if is_alone else match.group(1)
