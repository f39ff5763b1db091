"""Start and end of a text: where credits stand, and what is taken from there.

Lines of credits go, the signature under a document goes, a dateline goes from the first paragraph
and credits in brackets from the last; what they say is kept.
"""

from kg.articles.credits import DATE_RE, MAX_CREDIT, Found, find_credits, read_groups, split_issuers
from kg.articles.drafts import Line
from kg.articles.furniture import load_furniture
from kg.articles.paragraphs import has_ended

_HEAD = 8  # lines after the title, and before the end, in which credits stand
_MAX_ISSUER = 40


def take_credits(lines: tuple[Line, ...], *, has_title: bool) -> tuple[tuple[Line, ...], list[Found]]:
    """Return the lines that are text, and what the others said."""
    lines, signature = _take_signature(lines)
    kept: list[Line] = []
    found: list[Found] = []
    may_be_byline = has_title
    for index, line in enumerate(lines):
        said = find_credits(
            line.text,
            is_near_edge=len(kept) < _HEAD or len(lines) - index <= _HEAD,
            may_be_byline=may_be_byline,
        )
        if said is None:
            found.extend(_read_aside(line.text) if may_be_byline else [])
            may_be_byline = may_be_byline and (line.level > 0 or line.text[0] in "—（")
            kept.append(line)
        else:
            found.extend(said)
    return tuple(kept), [*found, *signature]


def _read_aside(text: str) -> list[Found]:
    """Read a line that tells of the text and is part of it (——2024年1月20日在…会议上)."""
    matches = (rule.pattern.fullmatch(text) for rule in load_furniture().rules["aside"])
    return [said for match in matches if match for said in read_groups(match)]


def _take_signature(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], list[Found]]:
    """Take the organ and the day (二〇〇五年三月三日) under a document, its 落款."""
    issuer_re = load_furniture().pattern("issuer")
    for index in range(len(lines) - 1, max(len(lines) - _HEAD, 0), -1):
        if not DATE_RE.fullmatch(lines[index].text):
            continue
        first = index
        while (
            first > 0
            and len(lines[first - 1].text) <= _MAX_ISSUER
            and issuer_re.fullmatch(lines[first - 1].text)
        ):
            first -= 1
        if first in (0, index) or not _may_be_signed(lines[first - 1].text):
            continue
        issuers = [name for line in lines[first:index] for name in split_issuers(line.text)]
        found = [Found("issuer", name) for name in issuers]
        return lines[:first] + lines[index + 1 :], [*found, Found("signed", lines[index].text)]
    return lines, []


def _may_be_signed(text: str) -> bool:
    """Tell whether a document can end with this line; a list of news cannot."""
    return has_ended(text) or "：" in text or load_furniture().pattern("enumerator").match(text) is not None


def take_opening(text: str) -> tuple[str, list[Found]]:
    """Return the first paragraph without its dateline, and what the dateline said.

    The dateline (新华社北京3月5日电（记者 …）) tells who reports from where; it is no part of the
    first sentence, so it goes into the metadata.

    Example:
        >>> take_opening("中新社北京5月12日电 （记者 夏宾）发布会12日在北京举行。")[0]
        '发布会12日在北京举行。'
    """
    found: list[Found] = []
    for _ in range(2):  # an outlet's column mark may stand before the dateline
        for rule in load_furniture().rules["opening"]:
            match = rule.pattern.match(text)
            if match:
                found.extend(read_groups(match))
                text = text[match.end() :].lstrip()
                break
        else:
            break
    return text, found


def take_closing(text: str) -> tuple[str, list[Found]]:
    """Return a paragraph without the credits in brackets at its end, and what they said.

    Example:
        >>> take_closing("会议闭幕。（记者 夏宾）（完）")
        ('会议闭幕。', [Found(field='authors', value='夏宾')])
    """
    found: list[Found] = []
    for _ in range(3):
        if text[-1:] not in ("）", ")", "】", "]"):
            break
        start = max(text.rfind(mark, max(len(text) - MAX_CREDIT, 0)) for mark in "（([【")
        for rule in load_furniture().rules["closing"] if start >= 0 else ():
            match = rule.pattern.fullmatch(text, start)
            if match:
                found.extend(read_groups(match))
                text = text[:start].rstrip()
                break
        else:
            break
    return text, found
