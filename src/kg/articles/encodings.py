"""Bytes become text here; the encoding is found out, not asked for.

UTF-8 is tried first and strictly, because it hardly ever fits other text by chance. A byte order
mark decides at once. The rest is weighed: a decoding is the better the more of its characters
are ones that Chinese prose really uses.
"""

import codecs
import re
from dataclasses import dataclass

from kg.errors import KgError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("gb18030", "big5hkscs")
_SAMPLE_BYTES = 200_000
_MAX_FAULTS = 0.02  # of the bytes: more than that and it is no text in this encoding
# Bytes that no text holds: the controls but tab, line feed, carriage return, form feed, escape.
_BINARY_RE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CHARSET_RE = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{3,20})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and where the first byte stood that did not fit (or ``None``)."""

    text: str
    encoding: str
    n_faults: int = 0
    first_fault: int | None = None


def decode_bytes(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Return the text of *data*.

    Bytes that do not fit become U+FFFD and are counted. With *encoding* given, that one is used.

    Raises:
        KgError: The data is no text, or *encoding* is not a known one.

    Example:
        >>> decode_bytes("新质生产力".encode("gbk")).text
        '新质生产力'
    """
    if encoding is not None:
        return _decode_leniently(data, _known_codec(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_leniently(data, name)
    wide = _find_unmarked_utf16(data)
    if wide:
        return _decode_leniently(data, wide)
    if _BINARY_RE.search(data[:_SAMPLE_BYTES]):
        raise KgError("binary data; expected text; check the file, or convert it to UTF-8 text")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_unknown(data)


def _decode_unknown(data: bytes) -> Decoded:
    lenient = _decode_leniently(data, "utf-8")
    if lenient.n_faults <= len(data) * _MAX_FAULTS / 10:  # nearly UTF-8: a cut or a damaged character
        return lenient
    options = [lenient] if lenient.n_faults <= len(data) * _MAX_FAULTS else []
    for name in dict.fromkeys((*_declared_codecs(data), *_CANDIDATES)):
        option = _decode_leniently(data, name)
        if option.n_faults <= max(2, len(data) * _MAX_FAULTS):
            options.append(option)
    if not options:
        return _decode_by_detector(data)
    return max(options, key=lambda option: _plausibility(option.text))


def _decode_by_detector(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # slow to load, and seldom needed

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None:
        raise KgError("no known text encoding fits; re-save it as UTF-8 or name its encoding")
    return _decode_leniently(data, best.encoding)


def _decode_leniently(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        text = data.decode(name, "replace")
        return Decoded(text, name, text.count("\ufffd"), error.start)


def _plausibility(text: str) -> float:
    """Return the share of non-ASCII characters that are common in Chinese prose.

    GB 2312 and Big5 both put the frequent characters in their first plane; text decoded by the
    wrong one of them lands on rare characters, private use and compatibility forms.
    """
    wide = [char for char in text[:20_000] if ord(char) > 0x7F]
    return sum(map(_is_common, wide)) / len(wide) if wide else 1.0


def _is_common(char: str) -> bool:
    if char in "，。、；：？！“”‘’（）《》—…　·":
        return True
    if not "\u4e00" <= char <= "\u9fff":
        return False
    try:  # level 1 of GB 2312 (B0 to D7), level 1 of Big5 (A4 to C6)
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        pass
    try:
        return 0xA4 <= char.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def _find_unmarked_utf16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, told by the zero bytes of ASCII and newlines."""
    sample = data[:4096]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) & ~1].decode(name, "replace")
        if sum(
            char == "\n"
            or " " <= char <= "~"
            or "\u3000" <= char <= "\u9fff"
            or char in "“”…—"
            or "\uff00" < char < "\uff60"
            for char in text
        ) > 0.9 * len(text):
            return name
    return None


def _declared_codecs(data: bytes) -> list[str]:
    match = _CHARSET_RE.search(data[:2048])
    if match is None:
        return []
    try:
        name = codecs.lookup(match.group(1).decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return []
    return ["gb18030" if name in ("gb2312", "gbk") else name]  # its superset; pages declare the older name


def _known_codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise KgError(f"encoding {name!r} is not known; try utf-8, gb18030, big5 or utf-16") from error
