"""The generated pages: which they are, and which of them no longer say what the code and the data say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from maker.cases import cases_page
from maker.commands import commands_page
from maker.data_pages import data_page, sources_page
from maker.equations import equations_page
from maker.front import PARTS as FRONT_PARTS
from maker.glossary_parts import PARTS as GLOSSARY_PARTS
from maker.json_page import json_page
from maker.parts import filled
from maker.pictures import first_answer, prices_held_against, skills
from maker.python_names import python_page
from maker.trouble import trouble_page
from maker.trust_parts import PARTS as TRUST_PARTS
from maker.world_tables import tables_page

DOCS = Path(__file__).resolve().parents[1]
PAGES: Mapping[str, Callable[[], str]] = {
    "reference.md": python_page,
    "cli.md": commands_page,
    "equations.md": equations_page,
    "tables.md": tables_page,
    "cases.md": cases_page,
    "data.md": data_page,
    "sources.md": sources_page,
    "trouble.md": trouble_page,
    "json.md": json_page,
    "pictures/first-answer.svg": first_answer,
    "pictures/prices-2025.svg": prices_held_against,
    "pictures/skill.svg": skills,
    "trust.md": lambda: filled("trust.md", TRUST_PARTS),
    "glossary.md": lambda: filled("glossary.md", GLOSSARY_PARTS),
    "start.md": lambda: filled("start.md", FRONT_PARTS),
    "index.md": lambda: filled("index.md", FRONT_PARTS),  # last: it lists what the others say they are
}


def stale_pages() -> list[str]:
    """Names of the generated files under docs/ that differ from what they should say now."""
    stale = []
    for name, build in PAGES.items():
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != build():
            stale.append(name)
    return stale


def write_pages() -> list[str]:
    """Write every generated file; the names of those that changed."""
    changed = stale_pages()
    for name in changed:
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
    return changed
