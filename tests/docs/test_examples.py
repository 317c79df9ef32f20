"""Every example a reader may copy runs, in order, page by page, and prints what the page says it prints.

All ```python and ```console blocks of README.md and docs/ are run; blocks that are not meant to be run are
written as ```sh or ```text, and commands in them are read by `test_commands_on_pages.py`.  A ```toml block
that begins with ``# NAME.toml`` is that file for the blocks after it.  In a console block a line that
starts with ``$ `` is a command and the lines after it, if any, are its output, where ``...`` stands for
anything.  Blocks of one page share a folder and, for Python, a namespace.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").glob("*/README.md")),
]
BLOCK = re.compile(r"^```(python|console|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# ([\w-]+\.toml)\n")
COMMANDS = ("xenotime",)
COMPARE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def examples(page: Path) -> list[tuple[int, str, str]]:
    """Line, language and text of every block of `page` that is to run."""
    text = page.read_text(encoding="utf-8")
    return [(text.count("\n", 0, block.start()) + 1, block[1], block[2]) for block in BLOCK.finditer(text)]


def sessions(text: str) -> list[tuple[str, str]]:
    """Commands of a console block, each with the output printed under it ("" when the page shows none)."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        else:
            command, output = found[-1]
            found[-1] = (command, output + line + "\n")
    return found


def run_command(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command, comments=True)
    assert words[0] in COMMANDS, f"{words[0]} is not a command of ours; write the block as ```sh"
    program = Path(sys.executable).with_name(words[0])
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "110", "TERM": "dumb"}
    return subprocess.run(
        [str(program), *words[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=lambda page: page.name)
def test_examples_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {"__name__": "example"}
    for line, language, text in examples(page):
        if language == "toml":
            named = FILE.match(text)
            if named:
                (tmp_path / named[1]).write_text(text, encoding="utf-8")
            continue
        if language == "python":
            exec(compile("\n" * line + text, str(page), "exec"), namespace)  # noqa: S102  # our own page
            continue
        for command, expected in sessions(text):
            done = run_command(command, tmp_path)
            assert done.returncode == 0, f"{page.name}:{line}: {command}\n{done.stdout}{done.stderr}"
            if expected:
                same = doctest.OutputChecker().check_output(expected, done.stdout, COMPARE)
                assert same, (
                    f"{page.name}:{line}: {command} printed\n{done.stdout}\nthe page says\n{expected}"
                )


def test_the_readme_shows_examples() -> None:
    languages = {language for _, language, _ in examples(ROOT / "README.md")}
    assert languages == {"python", "console"}


def test_a_wrong_output_would_be_noticed() -> None:
    checker = doctest.OutputChecker()
    assert checker.check_output("price ... USD/t\n", "price 250 USD/t\n", COMPARE)
    assert not checker.check_output("price ... USD/t\n", "price 250 EUR/t\n", COMPARE)
    assert sessions("$ xenotime cases\nname\n$ xenotime doctor\n") == [
        ("xenotime cases", "name\n"),
        ("xenotime doctor", ""),
    ]
