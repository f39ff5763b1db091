"""One way to write each character: full-width forms, look-alikes, stray spaces, punctuation.

The rules hold for every format and are applied before anything is measured, so every offset
counts characters of the text as normalised here.
"""

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff"
_CLOSING = "”’）》〉」』】〕"
_OPENING = "“‘（《〈「『【〔"

# Full-width letters and digits, and the signs that go with numbers. Other full-width marks are
# the Chinese punctuation itself and stay.
_FULL_WIDTH = "０１２３４５６７８９％＋＃＄＆＠＊＝＾｛｝｜" + "".join(
    chr(code) for first in ("Ａ", "ａ") for code in range(ord(first), ord(first) + 26)
)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
_RADICALS = range(0x2F00, 0x2FD6)  # Kangxi radicals, which PDF files put in place of characters
_CONTROLS = [code for code in range(0x20) if chr(code) not in "\t\n\f"] + list(range(0x7F, 0xA0))

_TABLE = {
    **{ord(char): unicodedata.normalize("NFKC", char) for char in _FULL_WIDTH},
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _RADICALS},
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _INVISIBLE), ""),
    **dict.fromkeys(_CONTROLS, ""),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # half of a pair, from JSON or a PDF: no character
    ord("\u3000"): "  ",  # an ideographic space is two columns wide, and an indent is two of them
    ord("｡"): "。",
    ord("､"): "、",
    ord("．"): ".",
    ord("﹑"): "、",
    ord("﹐"): "，",
    ord("﹔"): "；",
    ord("﹕"): "：",
    ord("﹙"): "（",
    ord("﹚"): "）",
    ord("•"): "·",
    ord("‧"): "·",
    ord("・"): "·",
    ord("﹒"): "·",
    ord("─"): "—",
    ord("―"): "—",
}

# Far faster than str.translate on text that has few of these.
_FORMS = {chr(code): form for code, form in _TABLE.items()}
_ODD_RE = re.compile("[" + "".join(map(re.escape, _FORMS)) + "]")
_CELL_EDGE_RE = re.compile(r"[^\S\t]*\t\s*")
_LINE_BREAK_RE = re.compile("\r\n?|\u2028|\u2029|\u0085|\v")
# A half-width mark is Chinese punctuation where a Chinese character stands on one side of it and
# it does not stand between digits (3,000; 8:30) or in an address.
_HALF_MARK_RE = re.compile(rf"(?<=[{HAN}{_CLOSING}%])[,;:!?](?!\d*/)|[,;:!?](?= ?[{HAN}{_OPENING}])")
_HALF_TO_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_PAREN_RE = re.compile(r"\(([^()\n]{0,200})\)")
_HAN_END_RE = re.compile(rf"[{HAN}%{_CLOSING}]\.$")
_HAN_RE = re.compile(f"[{HAN}]")
_STRAIGHT_QUOTES_RE = re.compile(r'"([^"\n]{1,400})"')
_WIDE = rf"{HAN}，。、；：！？…—·{_OPENING}{_CLOSING}"
_STRAY_SPACE_RE = re.compile(rf"(?<=[{_WIDE}]) +(?=[{_WIDE}\w%])|(?<=[\w%]) +(?=[{_WIDE}])")
_MARK_SPACE_RE = re.compile(
    rf"(?<=[，。、；：！？…{_OPENING}]) +| +(?=[，。、；：！？…{_CLOSING}])|(?<=[{_CLOSING}]) +(?=[{_WIDE}])"
)
_KEPT_SPACE = "\0"  # no text holds it any more
_SPACED_NAME_RE = re.compile(r"《[^《》]*》")


def normalize_characters(text: str) -> str:
    """Return *text* with one form for each character; only ``\\n`` and ``\\f`` break lines.

    Example:
        >>> normalize_characters("增长５．２％\\r\\nＧＤＰ")
        '增长5.2%\\nGDP'
    """
    text = _ODD_RE.sub(lambda match: _FORMS[match.group()], _LINE_BREAK_RE.sub("\n", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def tidy_sentence_text(text: str) -> str:
    """Return a paragraph with Chinese punctuation and without stray spaces.

    A space stays between Latin words and inside a title in book-title marks. Cells of a table row,
    which a tab separates, are put into a series.

    Example:
        >>> tidy_sentence_text('三一重工 2015 年;中联(A股) "两横" 与《规划 纲要》')
        '三一重工2015年；中联（A股）“两横”与《规划 纲要》'
    """
    text = _tidy_marks(_CELL_EDGE_RE.sub("，", text.strip()) if "\t" in text else text)
    if " " not in text:
        return text
    text = _SPACED_NAME_RE.sub(lambda name: name.group().replace(" ", _KEPT_SPACE), text)
    return _STRAY_SPACE_RE.sub("", text).replace(_KEPT_SPACE, " ")


def tidy_heading_text(text: str) -> str:
    """Return a title or heading tidied; spaces between its phrases stay.

    Example:
        >>> tidy_heading_text("发展先进制造业  构建(现代化) 产业体系")
        '发展先进制造业 构建（现代化）产业体系'
    """
    return _MARK_SPACE_RE.sub("", re.sub(r"\s+", " ", _tidy_marks(text))).strip()


def _tidy_marks(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    if '"' in text:
        text = _STRAIGHT_QUOTES_RE.sub(r"“\1”", text) if text.count('"') % 2 == 0 else text
    if "(" in text:
        text = _PAREN_RE.sub(_widen_parens, text)
    if text.endswith(".") and _HAN_END_RE.search(text):
        text = text[:-1] + "。"
    return _HALF_MARK_RE.sub(lambda match: _HALF_TO_FULL[match.group()], text)


def _widen_parens(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    is_chinese = any(map(_HAN_RE.search, (match.group(1), before, after)))
    return f"（{match.group(1)}）" if is_chinese else match.group()
