"""The text of a PDF, page by page; a file that cannot be opened is a problem and not a guess."""

from __future__ import annotations

import io
import logging
import warnings

from xenotime.errors import InputProblems, one_problem

MOST_PAGES = 400


def pdf_text(name: str, raw: bytes) -> str:
    """Text of all pages, a blank line between them.

    Raises InputProblems for an encrypted or broken file and for one with too many pages.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is told in our words
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(raw), strict=False)
            if reader.is_encrypted:
                raise one_problem(
                    "encrypted-file",
                    name,
                    "a PDF with a password",
                    "a PDF that opens without one",
                    "save a copy without protection",
                )
            if len(reader.pages) > MOST_PAGES:
                raise one_problem(
                    "file-too-large",
                    name,
                    f"{len(reader.pages)} pages",
                    f"at most {MOST_PAGES}",
                    "give the part that matters",
                )
            return "\n\n".join(page.extract_text() for page in reader.pages)
    except InputProblems:
        raise
    except Exception as error:  # the library raises what its input makes it raise
        raise one_problem(
            "broken-file",
            name,
            f"a PDF that cannot be opened ({type(error).__name__})",
            "a sound PDF with text in it",
            "save it again from where it came, or give its text",
        ) from error
