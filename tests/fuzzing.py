"""Inputs that nobody would write, made from a seed, and what must hold for each of them.

An input is a file: its suffix and its bytes. It is known by its kind, the seed and its number, so that
one that fails is made again by those three.
"""

import functools
import io
import json
import os
import random
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pyoxigraph

from commands import ROOT
from kg.articles import Corpus, read_articles
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.lexicon import Lexicon, load_lexicon
from kg.pipeline import build_graph
from kg.rdf import turtle_chunks
from pdfs import make_pdf

Dice = random.Random
File = tuple[str, bytes]

TEXT_SUFFIXES = (".txt", ".md", ".html", ".jsonl")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "big5hkscs")
MARKS = (
    "，。；：、！？“”‘’（）《》【】「」…—·,.;:!?\"'()[]<>{}|#*-_=&%$@\\/~^`+％　 \uff10\uff15"
    "\t\n\r\f\v\0\u2028\ufeff\u202e\u200d"
)
_WORDS = """
新质生产力 科技创新 产业链 中小企业 重复建设 堵点卡点 全国统一大市场 人才 资金 国务院 江苏 习近平 5G技术
2023年3月5日 5787亿元 3.5% 百分之三十 问题 方面 《政府工作报告》 “东数西算”工程 能力不足 推动 催生 制约
破解 加快培育 强调 是 包括 应用于 离不开 融合 纳入 增长 下降 同比 的 和 与 等 要 必须 不得 不 将 把 被 由 以
为 通过 随着 在 下 对 从 向 一是 从而 既 又 不是 而是 有望 （以下简称“ ”） 来源： 记者 张三 新华社北京电
一、 （二） 第三条 第 页 说 表示 据了解 --- ## <p> </p> <td> <!-- --> &nbsp; &#x0; <![CDATA[ ]]> <?xml
"""
WORDS = tuple(_WORDS.split())


def make_file(kind: str, seed: int, number: int) -> File:
    """Return the input of that kind, seed and number."""
    dice = Dice(f"{kind} {seed} {number}")
    return KINDS[kind](dice)


def check_file(file: File) -> Corpus | None:
    """Check that reading, extraction and export keep their laws on *file*; return its articles.

    Raises:
        AssertionError: A law is broken. Any other exception but a told ``KgError`` passes through.
    """
    suffix, data = file
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a" + suffix)
        path.write_bytes(data)
        try:
            with patch.dict(os.environ, KG_TRACEBACK="1"):  # a fault of ours must not become a diagnostic
                corpus = read_articles(path)
        except KgError as error:
            assert "\n" not in str(error), f"an error of several lines: {error}"  # noqa: PT017 - it is one of the results
            return None
    with patch.dict(os.environ, KG_TRACEBACK="1"):
        graph = build_graph(corpus, lexicon=lexicon())
    check_graph(graph)
    turtle = "".join(turtle_chunks(graph)).encode("utf-8")
    assert sum(1 for _ in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)) > 0
    return corpus


def check_graph(graph: KnowledgeGraph) -> None:
    """Check that whatever cites an article cites it verbatim."""
    texts = {article.id: article.text for article in graph.articles}
    for article_id, sentences in graph.sentences.items():
        end = 0
        for sentence in sentences:
            assert sentence.span.of(texts[article_id]) == sentence.text
            assert sentence.span.start >= end, "sentences overlap"
            end = sentence.span.end
    for entity in graph.entities:
        assert entity.name.strip()
        for mention in entity.mentions:
            assert mention.span.of(texts[mention.article_id]) == mention.text
    for statement in graph.statements():
        for evidence in statement.evidence:
            sentence = graph.sentences[evidence.article_id][evidence.sentence_index]
            assert sentence.span.contains(evidence.cue_span)
            assert evidence.cue_span.of(texts[evidence.article_id]) == evidence.cue
    for number in graph.numbers:
        assert number.span.of(texts[number.article_id]).strip()


def random_bytes(dice: Dice) -> File:
    suffix = dice.choice((*TEXT_SUFFIXES, ".docx", ".pdf"))
    head = {".docx": b"PK\x03\x04", ".pdf": b"%PDF-1.7\n"}.get(suffix, b"") if dice.random() < 0.5 else b""
    return suffix, head + dice.randbytes(_length(dice, 4000))


def random_unicode(dice: Dice) -> File:
    """Characters of all planes, or of a few narrow ranges, half of a surrogate pair among them."""
    ranges = [
        (0, 0x10FFFF),
        (0, 0x2FF),
        (0x2000, 0x33FF),
        (0x4E00, 0x9FFF),
        (0xD800, 0xFFFF),
        (0x1F000, 0x2FFFF),
    ]
    low, high = dice.choice(ranges)
    text = "".join(
        chr(dice.randint(low, high)) if dice.random() < 0.9 else dice.choice(MARKS)
        for _ in range(_length(dice, 2000))
    )
    return _encode(text, dice)


def soup(dice: Dice) -> File:
    """Words of policy prose, marks and markup in any order."""
    text = "".join(
        dice.choice(WORDS) if dice.random() < 0.8 else dice.choice(MARKS) for _ in range(_length(dice, 600))
    )
    return _encode(text, dice)


def runs(dice: Dice) -> File:
    """A few pieces, each repeated up to thousands of times: nesting, lists without end, long lines."""
    parts = [
        dice.choice((dice.choice(MARKS), dice.choice(WORDS), dice.choice(WORDS) + dice.choice(MARKS)))
        * dice.choice((1, 3, 50, 1000))
        for _ in range(dice.randint(1, 6))
    ]
    return _encode("".join(parts), dice)


def mutated_article(dice: Dice) -> File:
    """A real article with parts cut, doubled, moved, overwritten or broken."""
    text = dice.choice(real_texts())
    start = dice.randrange(max(1, len(text) - 1500))
    text = text[start : start + 1500]
    for _ in range(dice.randint(1, 20)):
        text = _mutate(text, dice)
    return _encode(text, dice)


def mutated_file(dice: Dice) -> File:
    """A real file with some bytes changed, lost or doubled; of a Word file, inside its parts."""
    suffix, data = dice.choice(real_files())
    if suffix == ".docx" and dice.random() < 0.7:
        return suffix, _repacked(data, dice)
    return suffix, _damaged(data, dice)


KINDS: dict[str, Callable[[Dice], File]] = {
    "bytes": random_bytes,
    "unicode": random_unicode,
    "soup": soup,
    "runs": runs,
    "articles": mutated_article,
    "files": mutated_file,
}


@functools.cache
def lexicon() -> Lexicon:
    return load_lexicon()


@functools.cache
def real_texts() -> tuple[str, ...]:
    """Return the texts of the project's own corpus."""
    return tuple(article.text for article in read_articles(ROOT / "corpus"))


@functools.cache
def real_files() -> tuple[File, ...]:
    """Return real files of every format."""
    texts = real_texts()
    found = [
        (path.suffix, path.read_bytes())
        for path in sorted((ROOT / "corpus").iterdir())
        if path.suffix in TEXT_SUFFIXES and path.stem != "README"
    ]
    lines = [line for line in texts[0].split("\n") if line][:40]
    return (*found, (".docx", _make_docx(texts[1])), (".pdf", make_pdf([lines[:20], lines[20:]])))


def _length(dice: Dice, most: int) -> int:
    return int(most * dice.random() ** 2) + 1  # short ones are quick, and find the same


def _encode(text: str, dice: Dice) -> File:
    suffix = dice.choice(TEXT_SUFFIXES)
    if suffix == ".jsonl" and dice.random() < 0.7:
        text = json.dumps({"id": text[:9], "title": text[:20], "text": text, "date": text[-12:]}) + "\n"
    if suffix == ".html" and dice.random() < 0.5:
        text = f"<html><title>{text[:20]}</title><body><p>{text}</p></body></html>"
    encoding = dice.choice(ENCODINGS)
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    return suffix, text.encode(encoding, errors)


def _mutate(text: str, dice: Dice) -> str:
    start = dice.randrange(len(text) + 1)
    end = min(len(text), start + dice.choice((1, 2, 5, 20, 100)))
    piece = text[start:end]
    match dice.randrange(7):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + piece * dice.choice((1, 2, 30)) + text[end:]
        case 2:
            return text[:start] + piece[::-1] + text[end:]
        case 3:
            place = dice.randrange(len(text) + 1)
            return text[:place] + piece + text[place:]
        case 4:
            return text[:start] + dice.choice(MARKS) * dice.choice((1, 2, 40)) + text[start:]
        case 5:
            return text[:start] + dice.choice(WORDS) + text[end:]
        case _:
            return text[:start] + chr(dice.randrange(0x110000)) + text[start:]


def _damaged(data: bytes, dice: Dice) -> bytes:
    for _ in range(dice.randint(1, 12)):
        start = dice.randrange(len(data) + 1)
        end = min(len(data), start + dice.choice((1, 1, 4, 60, 2000)))
        data = dice.choice(
            (
                data[:start] + dice.randbytes(end - start) + data[end:],
                data[:start] + data[end:],
                data[:end] + data[start:end] + data[end:],
                data[: start or 1],
            )
        )
    return data


def _make_docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    for line in text.split("\n")[:30]:
        document.add_paragraph(line)
    document.add_table(2, 2).cell(0, 0).text = "指标"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _repacked(data: bytes, dice: Dice) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        victim = dice.choice((dice.choice(names), "word/document.xml"))
        for name in old.namelist():
            content = old.read(name)
            if name == victim:
                content = _damaged(content, dice)
            if not (name == victim and dice.random() < 0.05):
                new.writestr(name, content)
    return buffer.getvalue()
