"""The pages of the repository put where the site wants them, links turned, the left column written.

Sphinx reads the staged folder and never the repository, so no directive stands in a page people read on a
code host, and a page that others have not written yet can be named in the navigation.
"""

from __future__ import annotations

import ast
import posixpath
import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

from maker.links import Link, is_outside, place_of, rewritten

ROOT = Path(__file__).resolve().parents[2]
NAVIGATION = Path(__file__).with_name("navigation.toml")
FRONT = "docs/index.md"
REST = "More"
SCHEME = "repo:"  # address of a file that is no page, until Sphinx knows how far the page is from the top
PARTS = re.compile(r"\.[a-z]+\.md$")  # replay.head.md: pieces of a page, no pages
# Names of pages whose heading would not say which they are.
NAMES = {"README.md": "README", "CONTRIBUTING.md": "Contributing"}
_OUTSIDE_DOCS = {
    "README.md": "readme",
    "CONTRIBUTING.md": "contributing",
    "CHANGELOG.md": "changelog",
    "benchmarks/RESULTS.md": "benchmarks",
    "tests/published/README.md": "published",
}


@dataclass(frozen=True, slots=True)
class Staged:
    """What was staged: pages by path under the root, and the files that pages link to."""

    pages: dict[str, str]
    files: tuple[str, ...]


def pages_of(root: Path = ROOT) -> dict[str, str]:
    """Name on the site of each page, by its path under the root."""
    found = {name: page for name, page in _OUTSIDE_DOCS.items() if (root / name).is_file()}
    for path in sorted((root / "docs").rglob("*.md")):
        if not PARTS.search(path.name):
            found[path.relative_to(root).as_posix()] = (
                path.relative_to(root / "docs").with_suffix("").as_posix()
            )
    for path in sorted((root / "examples").glob("*/README.md")):
        found[path.relative_to(root).as_posix()] = f"examples/{path.parent.name}"
    return found


def about() -> dict[str, str]:
    """What the front page says of pages, by path under the root."""
    return dict(tomllib.loads(NAVIGATION.read_text(encoding="utf-8"))["about"])


def navigation(pages: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Groups of the left column: title, and site names of the pages that are there."""
    groups, placed = [], {FRONT}
    for group in tomllib.loads(NAVIGATION.read_text(encoding="utf-8"))["group"]:
        named: list[str] = []
        for pattern in group["pages"]:
            fits = re.compile(re.escape(pattern).replace(r"\*", "[^/]*") + "$")
            named += [path for path in sorted(pages) if fits.match(path) and path not in placed | set(named)]
        placed |= set(named)
        if named:
            groups.append((group["title"], [pages[path] for path in named]))
    left = [pages[path] for path in sorted(pages) if path not in placed]
    return [*groups, (REST, left)] if left else groups


def stage(folder: Path, root: Path = ROOT) -> Staged:
    """Write every page under `folder`; raises ValueError that names every link which leads nowhere."""
    pages = pages_of(root)
    files: set[str] = set()
    faults: list[str] = []
    for path, name in pages.items():
        text = rewritten(
            (root / path).read_text(encoding="utf-8"),
            lambda link, at=path: _turn(link, at, pages, files, faults, root),
        )
        if path == FRONT:
            text += _toctrees(
                navigation(pages), {pages[at]: name for at, name in NAMES.items() if at in pages}
            )
        target = folder / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if (root / "docs" / "pictures").is_dir():
        shutil.copytree(root / "docs" / "pictures", folder / "pictures")
    if faults:
        raise ValueError("links that lead nowhere:\n" + "\n".join(faults))
    return Staged(pages, tuple(sorted(files)))


def _toctrees(groups: list[tuple[str, list[str]]], called: dict[str, str]) -> str:
    parts = []
    for title, names in groups:
        body = "\n".join(f"{called[name]} <{name}>" if name in called else name for name in names)
        parts.append(
            f"\n```{{toctree}}\n:hidden:\n:titlesonly:\n:maxdepth: 1\n:caption: {title}\n\n{body}\n```\n"
        )
    return "".join(parts)


def _turn(
    link: Link, page: str, pages: dict[str, str], files: set[str], faults: list[str], root: Path
) -> str:
    if is_outside(link.target):
        return link.target
    path, fragment = place_of(page, link.target)
    here = posixpath.dirname(pages[page])
    if path in pages:
        if path == page:
            return f"#{fragment}"
        target = posixpath.relpath(f"{pages[path]}.md", here or ".")
        return f"{target}#{fragment}" if fragment else target
    if path.startswith("docs/pictures/") and (root / path).is_file():
        return posixpath.relpath(path.removeprefix("docs/"), here or ".")
    if path.startswith("..") or not (root / path).is_file():
        faults.append(f"{page}:{link.line}: {link.target}")
        return link.target
    files.add(path)
    line = _line_of(root / path, link.label)
    return f"{SCHEME}{path}#L-{line}" if line else f"{SCHEME}{path}"


def _line_of(path: Path, label: str) -> int:
    """Line of the function or class a link on its name means; 0 where the link is on the file as a whole.

    Pages name functions and not lines, so they do not go stale when a line is added above.
    """
    if path.suffix != ".py":
        return 0
    name = label.strip("`").rpartition(".")[2]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return node.lineno
    return 0
