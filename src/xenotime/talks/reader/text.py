"""A file to the text that is read: plain, HTML or PDF, of a size, in English, or a clear problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xenotime.errors import one_problem
from xenotime.talks.reader.html import html_text
from xenotime.talks.reader.pdf import pdf_text

GREATEST_FILE = 8 * 2**20  # bytes; a page is a few thousand, a treaty of a hundred pages half a million
GREATEST_TEXT = 10**6  # characters; more is a book, and no statement
LEAST_ENGLISH = 0.12  # share of the commonest English words among all; English texts have a quarter or more
LEAST_WORDS = 12  # of a text of fewer words the language cannot be told
# One character for one, so that places in the text stay what they are.
_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2011": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\ufeff": " ",
        "\r": "\n",
        "\t": " ",
        "\f": "\n",
    }
)


@dataclass(frozen=True, slots=True)
class Text:
    """What is read.

    Attributes
    ----------
    name : of the file, ``-`` for standard input
    form : ``text``, ``html`` or ``pdf``
    text : all of it; spans are places in it
    date : day it is dated YYYY-MM-DD, blank where nothing says so;  dated_by : what says so
    speaker : party whose words they are where a text does not say so itself; blank where nobody is known
    """

    name: str
    form: str
    text: str
    date: str = ""
    dated_by: str = ""
    speaker: str = ""

    @property
    def plain(self) -> str:
        """The same text with one sign for each kind of quote, dash and space; no place moves."""
        return plain(self.text)


def plain(text: str) -> str:
    """Text with one sign for each kind of quote, dash and space, of the same length."""
    return text.translate(_PLAIN)


def load_text(path: str | Path, raw: bytes, english: Sequence[str]) -> Text:
    """The text of a file's bytes.

    english : words of which an English text is full

    Raises InputProblems for an empty, binary, encrypted, foreign or far too large file.
    """
    name = "standard input" if str(path) == "-" else Path(path).name
    if len(raw) > GREATEST_FILE:
        raise _too_large(name, f"{len(raw):,} bytes", f"at most {GREATEST_FILE:,} bytes")
    if raw.lstrip()[:5] == b"%PDF-":
        form, text, date = "pdf", pdf_text(name, raw), ""
    else:
        form, text, date = _decoded(name, raw)
    if len(text) > GREATEST_TEXT:
        raise _too_large(name, f"{len(text):,} characters", f"at most {GREATEST_TEXT:,}")
    if not text.strip():
        raise one_problem(
            "empty-file",
            name,
            "no text",
            "a statement, notice or article in English",
            "give a file with text; pictures of pages need their text recognised first",
        )
    _check_english(name, text, english)
    return Text(name, form, text, date, "the page" if date else "")


def read_bytes(path: str | Path) -> bytes:
    """Bytes of a file, no more than the limit and one; raises InputProblems where it cannot be read."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(GREATEST_FILE + 1)
    except OSError as error:
        raise one_problem(
            "cannot-read", str(path), str(error.strerror), "a file that can be read", "check the path"
        ) from error


def _decoded(name: str, raw: bytes) -> tuple[str, str, str]:
    for encoding, mark in (("utf-16", (b"\xff\xfe", b"\xfe\xff")), ("utf-8-sig", (b"",))):
        if not raw.startswith(mark):
            continue
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            raise one_problem(
                "wrong-encoding",
                name,
                f"bytes that are not {encoding.removesuffix('-sig').upper()} at {error.start}",
                "plain text, HTML or PDF",
                "save the file as UTF-8, or give the PDF itself",
            ) from error
        break
    if "\x00" in text:
        raise one_problem(
            "binary-file",
            name,
            "bytes of zero",
            "plain text, HTML or PDF",
            "export the document as one of these",
        )
    head = text[:2000].lower()
    if "<html" in head or "<!doctype html" in head or re.search(r"<(?:p|div|body|article|h1)\b", head):
        body, date = html_text(text)
        return "html", body, date
    return "text", text, ""


def _check_english(name: str, text: str, english: Sequence[str]) -> None:
    found = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    if len(found) < LEAST_WORDS:
        return
    known = set(english)
    share = sum(word in known for word in found) / len(found)
    if share < LEAST_ENGLISH:
        raise one_problem(
            "not-english",
            name,
            f"a text of which {share:.0%} are the commonest English words",
            f"at least {LEAST_ENGLISH:.0%}: the reader knows English only",
            "give an English version",
        )


def _too_large(name: str, found: str, expected: str) -> Exception:
    return one_problem("file-too-large", name, found, expected, "give the part that matters")
