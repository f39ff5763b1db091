"""Web pages: the main text by trafilatura, title and credits from the page around it."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from kg.articles.characters import normalize_characters
from kg.articles.credits import find_credits
from kg.articles.dates import parse_date
from kg.articles.drafts import Draft, Level, Line, Metadata
from kg.articles.furniture import load_furniture
from kg.articles.markup import drop_server_code
from kg.articles.names import parse_names
from kg.errors import KgError

# What it thinks of a page is no message to our user; without a handler it would go to stderr.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "lb",
        "hr",
        "table",
        "tr",
        "row",
        "ul",
        "ol",
        "li",
        "item",
        "list",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "main",
        "header",
        "aside",
        "quote",
        "blockquote",
        "figure",
        "center",
        "form",
        "head",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "body",
        "graphic",
        "fw",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "nav",
        "footer",
        "select",
        "button",
        "template",
        "svg",
        "title",
        "meta",
        "link",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset(["b", "strong"])
_META_DATES = [
    "publishdate",
    "pubdate",
    "publish_date",
    "article:published_time",
    "og:release_date",
    "date",
    "dc.date",
    "datepublished",
    "firstpublishedtime",
    "apub:time",
]
_META_SOURCES = [
    "contentsource",
    "source",
    "og:site_name",
    "sitename",
    "mediaid",
    "publisher",
    "dc.publisher",
]
_META_TITLES = ["articletitle", "og:title", "dc.title"]
_META_AUTHORS = ["author", "article:author", "dc.creator"]
_N_AROUND = 12  # lines above and below the main text in which its credits stand
_MIN_TITLE = 4
_MIN_SHARE = 0.3  # of the page's prose, which the extractor must have kept
_MAX_LINES = 3000  # of a page whose lines are looked up one by one


def parse_html(text: str) -> Draft:
    """Return the article of a page as a draft, its credits as lines around the text.

    Raises:
        KgError: The page holds no text.

    Example:
        >>> page = "<html><title>题目在此_新华网</title><body><h1>题目在此</h1><p>来源：新华社</p>"
        >>> draft = parse_html(page + "<p>" + "正文很长，一句接一句。" * 20 + "</p></body></html>")
        >>> draft.assumed.title, draft.assumed.publisher
        ('题目在此', '新华网')
    """
    from lxml import etree, html  # heavy to load, as trafilatura is, and needed for pages alone

    source = drop_server_code(text)
    try:
        root = html.fromstring(source)
    except (etree.ParserError, ValueError) as error:
        raise KgError("the page holds no text; check the file") from error
    if not isinstance(root.tag, str):  # all of it is one comment
        raise KgError("the page holds no text; check the file")
    outline = list(_walk(root))
    body = _main_lines(source, outline)
    meta = _read_meta(root)
    title, site = _choose_title(outline, meta)
    before, after = _credits_around(outline, body, title)
    assumed = Metadata(
        title=title,
        authors=parse_names(_first(meta, _META_AUTHORS)),
        publisher=_first(meta, _META_SOURCES) or site or None,
        date=parse_date(_first(meta, _META_DATES)),
        url=_first(meta, ["og:url", "canonical"]) or None,
    )
    head = [Line(title, level=Level.TITLE, is_whole=True)] if title else []
    return Draft((*head, *before, *body, *after), assumed=assumed, is_single=True)


def _main_lines(source: str, outline: list[Line]) -> list[Line]:
    """Return the lines of the main text, as trafilatura judges it."""
    import trafilatura

    document = trafilatura.bare_extraction(
        source, favor_recall=True, include_comments=False, include_formatting=True, with_metadata=False
    )
    root = None if document is None or isinstance(document, dict) else document.body
    lines = [] if root is None else list(_walk(root))
    if sum(len(line.text) for line in lines) < _MIN_SHARE * _n_prose(outline):
        return outline  # the extractor lost the text
    if _longest(lines) > 2 * _longest(outline):
        return _select(outline, _squeeze("".join(line.text for line in lines)))
    return lines


def _walk(root: Any) -> Iterator[Line]:
    """Yield the blocks below *root*: each paragraph, heading and table row one line.

    Works on lxml's tree of a page and on trafilatura's, without recursion, so that no nesting is
    too deep.
    """
    parts: list[str] = []
    n_bold = 0
    hidden = bold = 0
    level = 0

    def flush() -> Iterator[Line]:
        nonlocal n_bold
        text = normalize_characters("".join(parts)).strip(" \t\n")
        is_bold = text and n_bold >= len(re.sub(r"\s", "", text))
        parts.clear()
        n_bold = 0
        if text:
            text = re.sub(r" *\n[ \n]*", " ", text)
            yield Line(text, level=level or (Level.EMPHASIS if is_bold else 0), after_gap=True, is_whole=True)

    def add(text: str | None) -> None:
        nonlocal n_bold
        if text and not hidden:
            parts.append(text)
            n_bold += len(re.sub(r"\s", "", text)) if bold else 0

    from lxml import etree

    labels = load_furniture().labels
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            add(element.tail)
            continue
        tag = element.tag
        if event == "start":
            if tag in _BLOCKS:
                yield from flush()
            level = _heading_level(element) or level
            hidden += tag in _UNSEEN
            bold += _is_bold(element)
            if tag == "span" and parts and labels.match((element.text or "").lstrip()):
                parts.append("  ")  # fields of one line, set apart by the look of the page alone
            add(element.text)
            continue
        if tag in ("td", "th", "cell"):
            add("\t")
        if tag in _BLOCKS:
            yield from flush()
        level = 0 if _heading_level(element) else level
        hidden -= tag in _UNSEEN
        bold -= _is_bold(element)
        add(element.tail)
    yield from flush()


def _is_bold(element: Any) -> bool:
    return element.tag in _BOLD or (element.tag == "hi" and "b" in element.get("rend", ""))


def _heading_level(element: Any) -> int:
    name = element.get("rend", "h2") if element.tag == "head" else element.tag
    return _HEADINGS.get(name, 0)


def _select(outline: list[Line], text: str) -> list[Line]:
    """Return the lines of the page that the extractor kept but ran together, as it does on short pages."""
    kept: list[Line] = []
    position = 0
    for line in outline[:_MAX_LINES]:
        place = text.find(_squeeze(line.text), position)
        if place >= 0:
            kept.append(line)
            position = place
    return kept


def _longest(lines: list[Line]) -> int:
    return max((len(line.text) for line in lines), default=0)


def _n_prose(outline: list[Line]) -> int:
    return sum(len(line.text) for line in outline if "。" in line.text)


def _read_meta(root: Any) -> dict[str, str]:
    """Return the page's meta tags by lower-case name, its title and canonical address among them."""
    meta: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower().strip()
        content = normalize_characters(tag.get("content") or "").strip()
        if name and content:
            meta.setdefault(name, content)
    for tag in root.iter("link"):
        if tag.get("rel") == "canonical" and tag.get("href"):
            meta.setdefault("canonical", tag.get("href"))
    titles = [element.text_content() for element in root.iter("title")]
    meta["<title>"] = " ".join(normalize_characters(titles[0]).split()) if titles else ""
    return meta


def _first(meta: dict[str, str], names: list[str]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _choose_title(outline: list[Line], meta: dict[str, str]) -> tuple[str, str]:
    """Return the title of the article and the name of the site.

    The page's own heading is best where its title bears it out; what the title holds besides is
    the name of the site.
    """
    named, site = _split_site(meta["<title>"])
    headings = [
        line
        for line in outline
        if 0 < line.level < Level.EMPHASIS and len(line.text) >= _MIN_TITLE and line.text[0] not in "—-"
    ]
    for heading in headings:
        if _squeeze(heading.text) in _squeeze(meta["<title>"]):
            return heading.text, site
    stated = _split_site(_first(meta, _META_TITLES))[0]
    if stated:
        return stated, site
    first = [line.text for line in headings if line.level == 1] + [line.text for line in headings]
    return named or (first[0] if first else ""), site


def _split_site(title: str) -> tuple[str, str]:
    """Split the name of a site off a page's title (题目_新闻频道_新华网)."""
    site = ""
    if load_furniture().pattern("generic-title").fullmatch(title):
        return "", ""
    suffix_re = load_furniture().pattern("site-suffix")
    while match := next(
        (m for m in suffix_re.finditer(title) if m.end() == len(title) and m.start() >= _MIN_TITLE), None
    ):
        title, site = title[: match.start()], site or match.group("publisher")
    return title.strip(), site.strip()


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def _credits_around(outline: list[Line], body: list[Line], title: str) -> tuple[list[Line], list[Line]]:
    """Return the lines of credits that the page shows above and below its main text."""
    prose = {_squeeze(line.text) for line in body if len(line.text) > 20}
    places = [index for index, line in enumerate(outline) if _squeeze(line.text) in prose]
    first, last = (places[0], places[-1]) if places else (len(outline), len(outline))
    heads = [i for i, line in enumerate(outline[:first]) if line.level and line.text == title]
    start = heads[-1] if heads else 0
    above = _complete_labels(outline[max(start, first - 2 * _N_AROUND) : first])
    below = _complete_labels(outline[last + 1 : last + 1 + _N_AROUND])
    near_title = 2 if heads else 0
    kept = [
        line
        for index, line in enumerate(above)
        if find_credits(line.text, may_be_byline=0 < index <= near_title)
    ]
    return kept, [line for line in below if find_credits(line.text)]


def _complete_labels(lines: list[Line]) -> list[Line]:
    """Put a label and the value that markup set apart on one line."""
    result: list[Line] = []
    for line in lines:
        if result and result[-1].text.endswith("：") and len(result[-1].text) <= 12 and len(line.text) <= 60:
            result[-1] = Line(result[-1].text + line.text, is_whole=True)
        else:
            result.append(line)
    return result
