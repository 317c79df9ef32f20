"""Every command a page shows exists with the options it shows, also where it takes too long to be run.

Blocks of ```console and ```python are run by `test_examples.py`.  Commands in ```sh and ```bash blocks take
minutes or need files of the reader's: they are parsed by the command line itself, which reads names, options
and values and then stops, and names of shipped cases, games and episodes in them are looked up.  Commands in
running text are held to the commands and options there are.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from maker.commands import commands, root_command
from xenotime.ensembles.episodes import find_episodes
from xenotime.policy.case import case_names
from xenotime.talks.bargaining.read_game import game_names

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").glob("*/README.md")),
]
BLOCK = re.compile(r"^```(sh|bash)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`(xenotime [^`]+)`(?!`)")
REDIRECTS = {">", ">>", "<", "|"}
OWN_PLACES = {"source": (".venv/bin/activate",)}  # what `make` builds and git does not know
# Arguments and options whose value names something shipped, unless it is a file of the reader's.
SHIPPED = {
    ("run", "case"): case_names,
    ("ensemble", "case"): case_names,
    ("bargain", "game"): game_names,
    ("backtest", "episode"): lambda: ("all", *(one.episode for one in find_episodes("all"))),
}
CASE_OPTION = "--case"


def block_lines(page: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every command in the blocks of `page` that are not run."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        start = text.count("\n", 0, block.start(2)) + 1
        command, first = "", 0
        for number, line in enumerate(block[2].splitlines(), start):
            first = first or number
            command += line.removesuffix("\\").removeprefix("$ ") + " "
            if not line.endswith("\\"):
                if command.strip():
                    yield first, command.strip()
                command, first = "", 0


def words_of(command: str) -> list[str]:
    """Words up to a redirection, without the comment."""
    words = shlex.split(command, comments=True)
    ends = [index for index, word in enumerate(words) if word in REDIRECTS]
    return words[: ends[0]] if ends else words


def parse(words: list[str]) -> tuple[str, dict[str, Any]]:
    """Name and values of a command as its own parser reads them; raises what the parser raises."""
    command, path, rest = root_command(), "xenotime", words[1:]
    while hasattr(command, "commands"):
        assert rest, f"{path} needs a command"
        assert rest[0] in command.commands, f"{path} has no command {rest[0]}"
        command, path, rest = command.commands[rest[0]], f"{path} {rest[0]}", rest[1:]
    return path, command.make_context(path, list(rest)).params


def faults_of(words: list[str], page: str, folder: Path) -> Iterator[str]:
    """What is wrong with one command of a block; `folder` is where it is given."""
    if not words:
        return
    program, rest = words[0], words[1:]
    if program in ("xenotime", ".venv/bin/xenotime"):
        try:
            path, values = parse(words)
        except Exception as error:
            told = getattr(error, "format_message", error.__str__)()
            yield f"{' '.join(words)}: {told}"
            return
        yield from _unshipped(path.split()[1], values, rest)
    elif program == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        yield from (f"make has no {name}" for name in rest if "=" not in name and name not in targets)
    elif program == "python":
        if rest[:1] == ["-m"]:
            place = rest[1].replace(".", "/")
            homes = (ROOT / "src" / place, ROOT / place)
            if not any(home.is_dir() or home.with_suffix(".py").is_file() for home in homes):
                yield f"no module {rest[1]}"
        elif (
            not (folder / rest[0]).is_file() and not (ROOT / rest[0]).is_file() and f"`{rest[0]}`" not in page
        ):
            yield f"no script {rest[0]}"
    elif program == "cd":
        if not (ROOT / rest[0]).is_dir():
            yield f"no folder {rest[0]}"
    elif tuple(rest) != OWN_PLACES.get(program):
        yield f"{program} is no command of ours"


def _unshipped(name: str, values: dict[str, Any], words: list[str]) -> Iterator[str]:
    for (command, argument), known in SHIPPED.items():
        value = values.get(argument)
        if name == command and isinstance(value, str) and "." not in value and value not in known():
            yield f"{value} is not shipped"
    for option, value in pairwise(words):
        if option == CASE_OPTION and "." not in value and value not in case_names():
            yield f"{value} is no shipped case"


def page_faults(page: Path) -> list[str]:
    text, folder, found = page.read_text(encoding="utf-8"), page.parent, []
    for line, command in block_lines(page):
        words = words_of(command)
        if words[:1] == ["cd"]:
            folder = ROOT / words[1]
        found += [f"{page.name}:{line}: {fault}" for fault in faults_of(words, text, folder)]
    return found


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if list(block_lines(page))],
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)
def test_commands_in_blocks_exist_with_their_options(page: Path) -> None:
    assert page_faults(page) == []


@cache
def options() -> dict[str, set[str]]:
    """Options of every command."""
    return {
        path: {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        for path, command in commands()
    }


def span_faults(text: str) -> list[str]:
    """Commands in running text that do not exist, or not with an option they are shown with."""
    found = []
    for span in SPAN.findall(FENCED.sub("", text)):
        words = span.split()
        if words[1] == "…":  # a message whose command is filled in
            continue
        known = [path for path in options() if words[: len(path.split())] == path.split()]
        groups = {path.rpartition(" ")[0] for path in options()}
        if not known and " ".join(words[:2]) not in groups:
            found.append(f"no command: {span}")
        for word in words if known else ():
            name = word.partition("=")[0].strip("[]")
            if name.startswith("--") and name not in options()[known[0]] | {"--help"}:
                found.append(f"no option {name}: {span}")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_running_text_exist_with_their_options(page: Path) -> None:
    assert span_faults(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ("xenotime run april-2025 --month 3", "--month"),
        ("xenotime run april-2024", "not shipped"),
        ("xenotime run april-2025 --months many", "many"),
        ("xenotime rum april-2025", "no command rum"),
        ("xenotime exposure bill.csv --case april-2024", "no shipped case"),
        ("xenotime ensemble april-2025", "draws"),
        ("make runn", "no runn"),
        ("python no_such.py", "no script"),
        ("cd nowhere", "no folder"),
        ("curl address", "no command of ours"),
    ],
)
def test_a_wrong_command_would_be_noticed(command: str, fault: str) -> None:
    (found,) = faults_of(words_of(command), "", ROOT)
    assert fault in found


def test_a_wrong_command_in_running_text_would_be_noticed() -> None:
    assert span_faults("see `xenotime fact dysprosium`") == ["no command: xenotime fact dysprosium"]
    assert span_faults("see `xenotime read FILE --conform X`") == [
        "no option --conform: xenotime read FILE --conform X"
    ]
    assert span_faults("see `xenotime read FILE --confirm X` and `xenotime world`") == []


def test_redirections_and_comments_are_no_part_of_a_command() -> None:
    assert words_of("xenotime exposure --template > bill.csv  # a start") == [
        "xenotime",
        "exposure",
        "--template",
    ]
