"""Files made to harm their reader cost themselves alone, and reach nothing else."""

import io
import json
import os
import socket
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from kg.articles import Corpus, read_articles
from kg.articles.inputs import find_sources
from kg.builds import build
from kg.errors import KgError
from kg.evaluation.golds import read_gold
from kg.graph import KnowledgeGraph
from kg.store import open_store, query
from pdfs import make_pdf

PROSE = "发展新质生产力，要推动科技创新。" * 5
# Nine entities, each ten of the last one: three gigabytes, were they expanded.
LAUGHS = (
    '<!DOCTYPE html [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
MAX_TEXT = 1000  # characters: all that is honest in these files, with room


def read(folder: Path, name: str, data: bytes) -> Corpus | str:
    (folder / name).write_bytes(data)
    try:
        return read_articles(folder / name)
    except KgError as error:
        return str(error)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("laughs.html", f"{LAUGHS}<html><body><p>{PROSE}&a9;</p></body></html>"),
        ("laughs.xhtml", f'<?xml version="1.0"?>{LAUGHS}<html><body><p>{PROSE}&a9;</p></body></html>'),
        ("outside.html", f"{OUTSIDE}<html><body><p>{PROSE}&e;</p></body></html>"),
        (
            "include.html",
            f'<html><body><p>{PROSE}</p><iframe src="file:///etc/passwd"></iframe></body></html>',
        ),
        ("tags.html", "<div>" * 100_000 + PROSE),
        ("tables.html", "<table><tr><td>" * 30_000 + PROSE),
        ("comments.html", "<!--" * 100_000 + PROSE),
        ("json-ld.html", f'<html><script type="application/ld+json">{"[" * 100_000}</script><p>{PROSE}'),
        ("quotes.md", "> " * 100_000 + PROSE),
        ("columns.md", "|" * 1_000_000 + PROSE),
        ("aliases.md", "---\na: &a [x,x]\n" + "b: &b [*a,*a,*a]\n" * 30 + f"title: *b\n---\n{PROSE}"),
        ("object.md", f"---\ntitle: !!python/object/apply:os.system ['exit']\n---\n{PROSE}"),
        ("nested.jsonl", '{"text":' + "[" * 100_000 + "\n" + json.dumps({"text": PROSE})),
        ("number.jsonl", json.dumps({"text": PROSE})[:-1] + f', "date": {"9" * 100_000}}}'),
    ],
    ids=lambda value: value[:12],
)
def test_a_text_that_would_unpack_or_reach_out_does_neither(tmp_path: Path, name: str, text: str) -> None:
    found = read(tmp_path, name, text.encode())
    if isinstance(found, str):
        assert "\n" not in found
    else:
        assert sum(len(article.text) for article in found) < MAX_TEXT
        assert "root:" not in found.articles[0].text


def test_half_a_character_from_json_becomes_a_mark_of_doubt(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jsonl", b'{"id": "\\ud800", "text": "\\ud83d' + PROSE.encode() + b'"}')
    assert isinstance(found, Corpus)
    assert found.articles[0].text.startswith("\ufffd")
    found.articles[0].text.encode("utf-8")


def test_lines_of_json_that_are_all_blank_are_told(tmp_path: Path) -> None:
    assert (
        read(tmp_path, "a.jsonl", "\u3000\n\u00a0\n".encode())
        == "the input holds no article; check the files"
    )


def make_docx(change: Callable[[bytes], bytes], **parts: bytes) -> bytes:
    """Return a Word document whose text was changed, with parts of these names besides."""
    document = docx.Document()
    document.add_paragraph(PROSE)
    table = document.add_table(3, 2)
    for row in range(3):
        for column in range(2):
            table.cell(row, column).text = f"{'甲乙丙'[row]}{column}"
    table.cell(0, 0).merge(table.cell(2, 0))
    whole, changed = io.BytesIO(), io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == "word/document.xml" else content)
        for name, content in parts.items():
            new.writestr(name, content)
    return changed.getvalue()


def test_a_cell_that_spans_rows_is_told_in_each(tmp_path: Path) -> None:
    found = read(tmp_path, "a.docx", make_docx(bytes))
    assert isinstance(found, Corpus)
    assert found.articles[0].text.endswith("甲0乙0丙0，甲1\n甲0乙0丙0，乙1\n甲0乙0丙0，丙1")


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (lambda xml: xml.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="2000000000"/>'), {}),
        (lambda xml: xml.replace(b"<w:trPr>", b'<w:trPr><w:gridBefore w:val="2000000000"/>'), {}),
        (lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 100_000), {}),
        (
            lambda xml: xml.replace(b"?>\n", b"?>\n" + LAUGHS.encode(), 1).replace(
                "发展".encode(), b"&a9;", 1
            ),
            {},
        ),
        (
            lambda xml: xml.replace(b"?>\n", b"?>\n" + OUTSIDE.encode(), 1).replace(
                "发展".encode(), b"&e;", 1
            ),
            {},
        ),
        (lambda xml: xml[: len(xml) // 2], {}),
        (bytes, {"word/media/a.bin": bytes(400 << 20)}),
        (bytes, {"../../escaped.txt": b"x", "/escaped.txt": b"x"}),
    ],
    ids=["wide cell", "far column", "nested", "laughs", "outside", "cut", "zip bomb", "path"],
)
def test_a_word_document_does_no_more_than_be_read(
    tmp_path: Path, change: Callable[[bytes], bytes], parts: dict[str, bytes]
) -> None:
    found = read(tmp_path, "a.docx", make_docx(change, **parts))
    if isinstance(found, str):
        assert "\n" not in found
    else:
        assert sum(len(article.text) for article in found) < MAX_TEXT
        assert "root:" not in found.articles[0].text
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def _pdf(*objects: bytes) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def _packed(content: bytes, more: bytes = b"") -> bytes:
    data = zlib.compress(content)
    return b"<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (more, len(data), data)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
    b"/Resources << /XObject << /X 5 0 R >> >> >>"
)
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FORM = b"/Type /XObject /Subtype /Form /Resources << /XObject << /X %d 0 R >> >>"


@pytest.mark.parametrize(
    "data",
    [
        _pdf(CATALOG, ONE_PAGE, PAGE, _packed(b"BT (a) Tj ET " * (8 << 20))),
        _pdf(CATALOG, b"<< /Type /Pages /Kids [%s] /Count 9000 >>" % (b"3 0 R " * 9000), PAGE,
             _packed(b"0 0 m " * 200_000)),
        _pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
        _pdf(CATALOG, b"<< /Type /Pages /Kids [] /Count 2000000000 >>"),
        _pdf(CATALOG, ONE_PAGE, PAGE, _packed(b"/X Do"), _packed(b"/X Do /X Do", FORM % 5)),
        _pdf(CATALOG, ONE_PAGE, PAGE, _packed(b"/X Do"),
             *(_packed(b"/X Do /X Do", FORM % (6 + depth)) for depth in range(40))),
        _pdf(CATALOG, b"[" * 100_000 + b"]" * 100_000),
        make_pdf([["发展新质生产力。"]])[:-200],
    ],
    ids=["packed", "shared page", "cycle", "count", "form in itself", "forms in forms", "nested", "cut"],
)  # fmt: skip
def test_a_pdf_ends_soon_and_is_told(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path, "a.pdf", data)
    assert isinstance(found, str)
    assert found.startswith("a.pdf: ")
    assert "\n" not in found


def test_links_that_lead_nowhere_or_in_circles_are_told(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "one.txt").symlink_to("two.txt")
    (tmp_path / "two.txt").symlink_to("one.txt")
    (tmp_path / "dead.txt").symlink_to("nothing.txt")
    (tmp_path / "again").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")  # nobody will ever write into it
    corpus = read_articles(tmp_path)
    assert [article.id for article in corpus] == ["article/good.txt"]
    assert {doubt.source_file for doubt in corpus.diagnostics} == {
        "self.txt",
        "one.txt",
        "two.txt",
        "dead.txt",
        "pipe.txt",
    }


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that nobody will ever write into."""
    path = tmp_path / "in" / "pipe.txt"
    path.parent.mkdir()
    os.mkfifo(path)
    return path


def test_a_pipe_and_a_device_in_a_folder_are_told_and_cost_no_other_file(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pipe.parent / "good.txt").write_text(PROSE, encoding="utf-8")
    (pipe.parent / "zero.txt").symlink_to("/dev/zero")
    monkeypatch.chdir(pipe.parent)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as ours:
        ours.bind("socket.txt")
    for inputs in (str(pipe.parent), str(pipe.parent / "*.txt")):
        corpus = read_articles(inputs)
        assert [article.id for article in corpus] == ["article/good.txt"]
        assert {doubt.source_file: doubt.message.partition(";")[0] for doubt in corpus.diagnostics} == {
            "pipe.txt": "is a pipe, not a file",
            "socket.txt": "is a socket, not a file",
            "zero.txt": "is a device, not a file",
        }


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "PIPE"])
def test_a_pipe_or_device_given_as_input_is_told(tmp_path: Path, pipe: Path, path: str) -> None:
    given = path.replace("PIPE", str(pipe))
    with pytest.raises(
        KgError, match=r"is a (pipe|device), not a file or folder; save .* give - as the input"
    ):
        build([given], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "use",
    [
        lambda path, folder: build([str(folder / "good.txt")], folder / "out", lexicons=[path]),
        lambda path, folder: build([str(folder / "good.txt")], folder / "out", corrections=[path]),
        lambda path, _: open_store(path),
        lambda path, _: query(KnowledgeGraph((), {}, (), (), ()), f"@{path}"),
        lambda path, _: read_gold(path),
    ],
    ids=["lexicon", "corrections", "graph", "question", "gold"],
)
@pytest.mark.parametrize("path", ["/dev/zero", "PIPE"])
def test_no_other_file_that_is_given_may_be_a_pipe_or_device(
    tmp_path: Path, pipe: Path, path: str, use: Callable[[Path, Path], object]
) -> None:
    (tmp_path / "good.txt").write_text(PROSE, encoding="utf-8")
    given = path.replace("PIPE", str(pipe))
    with pytest.raises(KgError, match=rf"^{given}: is a (pipe|device), not a file; save what comes from it"):
        use(Path(given), tmp_path)


NAMES = (
    *("a b.txt", "%2e%2e%2fa.txt", "=1+1.txt", "-rf.txt", "a\nb.txt", "\u202egpj.txt", "CON.txt", "a\\b.txt"),
    *("长" * 80 + ".txt", "#a?b=1.txt", "'\"<>&.txt", "$(exit).txt"),
)
IDS = (
    *("../../../escaped", "/etc/escaped", "a/../../b", "..", ".", "\0", "C:\\x", "x" * 5000, "%2e%2e%2f"),
    *("\u2028", "a#b?c", "<script>", "=cmd|' /C calc'!A0"),
)


def test_no_name_and_no_id_leads_out_of_the_output_folder(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in NAMES:
        (source / name).write_text(PROSE, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(source) + b"/bytes\xff.txt")).write_text(PROSE, encoding="utf-8")
    lines = [
        json.dumps({"id": one, "title": one[:9], "url": f'http://a/ <>"{one[:9]}', "text": PROSE})
        for one in IDS
    ]
    (source / "ids.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([str(source)], tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}
    pages = list((tmp_path / "out" / "articles").iterdir())
    assert len(pages) == len(NAMES) + 1 + len(IDS)
    assert all(page.is_file() and page.suffix == ".html" for page in pages)


def test_two_files_whose_names_are_written_alike_stay_two(tmp_path: Path) -> None:
    for name in (b"a\xff.txt", b"a\\xff.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(PROSE, encoding="utf-8")
    names = [source.name for source in find_sources([tmp_path])]
    assert len(set(names)) == 2
