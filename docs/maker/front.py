"""The made parts of the front page and of the start: the pages that are there, and the first answer."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from maker.pictures import kept
from maker.staging import FRONT, NAMES, ROOT, about, navigation, pages_of
from maker.text import cell, code, table

WIDTH = 88  # characters of a line that fits the column of the site
GUIDES = "docs/guides/"
NOT_LISTED = {"Start", "Guides by question"}


def guide_list() -> str:
    """Every guide by its question, with the first sentence of its answer."""
    rows = []
    for path in sorted(pages_of()):
        if path.startswith(GUIDES):
            title, first = _opening(ROOT / path)
            rows.append((f"[{title}]({path.removeprefix('docs/')})", first))
    return table(("question", "in short"), rows)


def page_list() -> str:
    """Every other page, in the groups of the left column."""
    return "\n\n".join(_groups())


def _groups() -> Iterator[str]:
    pages = pages_of()
    paths = {name: path for path, name in pages.items()}
    told = about()
    for title, names in navigation(pages):
        if title in NOT_LISTED:
            continue
        rows = []
        for name in names:
            path = paths[name]
            heading, first = _opening(ROOT / path)
            rows.append((f"[{heading}]({_from_docs(path)})", told.get(path, first)))
        yield f"### {title}\n\n{table(('page', 'what it says'), rows)}"


def _from_docs(path: str) -> str:
    return path.removeprefix("docs/") if path.startswith("docs/") else f"../{path}"


def _opening(path: Path) -> tuple[str, str]:
    """Heading of a page and the first sentence after it, links and emphasis taken off."""
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    heading = re.search(r"^# (.+)$", text, re.MULTILINE)
    if heading is None:
        raise ValueError(f"{path} has no heading")
    after = text[heading.end() :].strip().split("\n\n")
    said = next((part for part in after if not part.startswith(("#", "|", "```", "-", "<"))), "")
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(said.split())).replace("**", "")
    sentence = re.match(r".*?[.?](?=\s|$)", plain)
    first = sentence[0].rstrip(":") if sentence else plain
    return NAMES.get(path.relative_to(ROOT).as_posix(), cell(heading[1])), first


def first_words() -> str:
    """What the run printed first."""
    wrapped = (textwrap.fill(sentence, WIDTH) for sentence in kept()["answer"])
    return code("text", "\n".join(wrapped))


PARTS = {"guides": guide_list, "pages": page_list, "first-answer": first_words}
FRONT_PAGE = FRONT.removeprefix("docs/")
