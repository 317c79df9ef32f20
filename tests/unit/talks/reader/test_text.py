"""Files to text: plain, HTML, PDF; and every way in which a file is no text that can be read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from xenotime.errors import InputProblems, Problem
from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.text import GREATEST_FILE, GREATEST_TEXT, Text, load_text, plain, read_bytes

PAGE = """<!DOCTYPE html><html><head><title>Deal</title>
<meta property="article:published_time" content="2025-11-01T10:00:00Z"><style>p {color: red}</style></head>
<body><nav>Home</nav><h1>A deal</h1><p>China will&nbsp;suspend <b>export controls</b> &amp; fees.</p>
<ul><li>first</li><li>second</li></ul><script>alert("no")</script></body></html>"""
CONTENT = "BT /F1 12 Tf 72 720 Td (China will suspend its export controls on gallium.) Tj ET"


def load(raw: bytes, name: str = "file") -> Text:
    return load_text(name, raw, load_lexicon().english)


def problem(raw: bytes) -> Problem:
    with pytest.raises(InputProblems) as caught:
        load(raw)
    assert caught.value.exit_code == 2
    (found,) = caught.value.problems
    return found


def pdf(content: str = CONTENT) -> bytes:
    """A PDF of one page, written by hand."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(text)
    text += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    text += "".join(f"{place:010d} 00000 n \n" for place in places)
    text += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return text.encode("latin-1")


def test_plain_text_keeps_every_place() -> None:
    text = load("\ufeffChina’s “green channel” – open.".encode())
    assert (text.form, text.text) == ("text", "China’s “green channel” – open.")
    assert text.plain == 'China\'s "green channel" - open.'
    assert len(plain("a\u00a0b\r\n\t")) == 6


def test_a_page_gives_what_is_shown_and_its_date() -> None:
    text = load(PAGE.encode())
    assert (text.form, text.date, text.dated_by) == ("html", "2025-11-01", "the page")
    assert text.text == "A deal\n\nChina will suspend export controls & fees.\n\n- first\n\n- second"


def test_a_pdf_gives_its_text() -> None:
    text = load(pdf())
    assert text.form == "pdf"
    assert text.text.strip() == "China will suspend its export controls on gallium."


def test_text_of_windows_is_read() -> None:
    assert load("China will act.".encode("utf-16")).text == "China will act."


def encrypted() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("code", "raw", "found", "remedy"),
    [
        ("empty-file", b"  \n ", "no text", "recognised"),
        ("empty-file", pdf("BT ET"), "no text", "recognised"),
        ("binary-file", b"MZ\x00\x01\x02", "zero", "export"),
        ("wrong-encoding", "Währung über Öl".encode("latin-1"), "not UTF-8 at 1", "save the file as UTF-8"),
        ("broken-file", b"%PDF-1.7\nnothing else", "cannot be opened", "save it again"),
        ("encrypted-file", encrypted(), "password", "without protection"),
        ("file-too-large", b"a" * (GREATEST_FILE + 1), "bytes", "the part"),
        ("file-too-large", b"word " * (GREATEST_TEXT // 4), "characters", "the part"),
        (
            "not-english",
            b"Das Ministerium hat neue Kontrollen angekuendigt, die Ausfuhr seltener Erden wird nun knapp.",
            "0%",
            "English version",
        ),
    ],
)
def test_what_cannot_be_read_is_told(code: str, raw: bytes, found: str, remedy: str) -> None:
    fault = problem(raw)
    assert fault.code == code
    assert found in fault.found
    assert remedy in fault.remedy
    assert fault.expected


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xenotime.talks.reader.pdf.MOST_PAGES", 0)
    fault = problem(pdf())
    assert (fault.code, fault.found) == ("file-too-large", "1 pages")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        read_bytes(tmp_path / "none.txt")
    assert caught.value.problems[0].code == "cannot-read"
    (tmp_path / "some.txt").write_bytes(b"text")
    assert read_bytes(tmp_path / "some.txt") == b"text"


def test_two_words_are_not_judged_by_their_language() -> None:
    assert load(b"Announcement 18").text == "Announcement 18"
