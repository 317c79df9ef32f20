"""Links of the repository's Markdown: found, followed as a code host follows them, and turned for the site.

A page is written so that its links work where it lies.  On the site the pages stand in other folders and
files that are no pages become listings, so each link is resolved to a path under the root and written anew.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
# Code spans first, so that what looks like a link inside one is left alone.
TOKEN = re.compile(r"(`+)(?:(?!\1).)*?\1(?!`)|(?<!\\)\]\(\s*(?P<target>[^()\s]+)\s*\)")
OUTSIDE = re.compile(r"^[a-z][a-z0-9+.-]*:|^//")


@dataclass(frozen=True, slots=True)
class Link:
    """One link: the line it stands in (1-based), its target as written, and the text it is on."""

    line: int
    target: str
    label: str


def prose_lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Line number, line, and whether it is prose (outside fenced blocks)."""
    fence = ""
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        found = FENCE.match(line)
        if fence:
            yield number, line, False
            if found and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif found:
            fence = found[1]
            yield number, line, False
        else:
            yield number, line, True


def links_of(text: str) -> list[Link]:
    """Every inline link of a page outside code."""
    found = []
    for number, line, prose in prose_lines(text):
        if prose:
            found += [
                Link(number, match["target"], _label(line, match.start()))
                for match in TOKEN.finditer(line)
                if match["target"]
            ]
    return found


def _label(line: str, end: int) -> str:
    """What stands between the bracket closed at `end` and the one that opens it."""
    depth = 0
    for place in range(end, -1, -1):
        depth += {"]": 1, "[": -1}.get(line[place], 0)
        if depth == 0:
            return line[place + 1 : end]
    return ""


def rewritten(text: str, turn: Callable[[Link], str]) -> str:
    """`text` with every link's target replaced by what `turn` makes of it."""
    parts = []
    for number, line, prose in prose_lines(text):
        parts.append(
            TOKEN.sub(lambda match, at=number, whole=line: _turned(match, at, whole, turn), line)
            if prose
            else line
        )
    return "".join(parts)


def _turned(match: re.Match[str], number: int, line: str, turn: Callable[[Link], str]) -> str:
    if not match["target"]:
        return match[0]
    link = Link(number, match["target"], _label(line, match.start()))
    return f"]({turn(link)})"


def is_outside(target: str) -> bool:
    """Whether a target is an address, not a place in the repository."""
    return bool(OUTSIDE.match(target.removeprefix("<")))


def place_of(page: str, target: str) -> tuple[str, str]:
    """Path under the root and fragment that `target` means on `page` (a path under the root)."""
    path, _, fragment = target.partition("#")
    if not path:
        return page, fragment
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), fragment


def slug(heading: str) -> str:
    """Anchor a code host gives a heading."""
    plain = re.sub(r"`|\*|\[([^\]]*)\]\([^)]*\)", lambda match: match[1] or "", heading.strip().lower())
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", plain))


def anchors_of(text: str) -> set[str]:
    """Anchors of a page's headings; a heading said twice has a number the second time."""
    found: set[str] = set()
    seen: dict[str, int] = {}
    for _, line, prose in prose_lines(text):
        match = re.match(r"^(#{1,6}) +(.*?)(?: +#+)?\s*$", line) if prose else None
        if match:
            base = slug(match[2])
            count = seen.get(base, 0)
            seen[base] = count + 1
            found.add(f"{base}-{count}" if count else base)
    return found


def broken_links(root: Path, pages: list[Path]) -> list[str]:
    """Links that lead nowhere when the pages are read where they lie: missing files and missing headings."""
    faults = []
    for page in pages:
        name = page.relative_to(root).as_posix()
        for link in links_of(page.read_text(encoding="utf-8")):
            if is_outside(link.target):
                continue
            path, fragment = place_of(name, link.target)
            target = root / path
            if path.startswith("..") or not target.exists():
                faults.append(f"{name}:{link.line}: {link.target} is not there")
            elif (
                fragment and target.suffix == ".md" and fragment not in anchors_of(target.read_text("utf-8"))
            ):
                faults.append(f"{name}:{link.line}: {link.target}: no such heading")
    return faults
