"""The rules of the house, each checked on the files themselves."""

from __future__ import annotations

import ast
import importlib.util
import re
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "xenotime"
MODULES = sorted(PACKAGE.rglob("*.py"))
FOLDERS = sorted(path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

LONGEST_MODULE = 400  # lines; above it a module is about more than one thing
MEDIAN_MODULE = 200  # lines; the aim is near 150, and this is where a drift away from it shows

NOT_OURS = {".git", ".venv", "out", "build", "dist", "__pycache__", ".hypothesis"}
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".cff", ".html", ".css", ".js", ".lp", ""}

CODE = r"[a-z]+(?:-[a-z]+)+$"  # what the code of a problem looks like

# Written in pieces, or this file would break its own rule.
FORBIDDEN = {
    "package index": re.compile("py" + r"pi\.org|python" + r"hosted|/simple" + "/"),
    "path of one machine": re.compile(
        r"(?<![\w.])/(?:" + "work|home|root|Users" + r")/\w|(?<![\w.])/" + "tmp/"
    ),
    "folder outside the repository": re.compile(r"\.\./" + "shared"),
    "work left undone": re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b"),
}


def own_files() -> list[Path]:
    found = []
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden_cache = any(
            part in NOT_OURS or (part.startswith(".") and part.endswith("_cache")) for part in parts
        )
        if path.is_file() and not hidden_cache and ".hypothesis" not in parts and path.suffix in TEXT:
            found.append(path)
    return found


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_too_long() -> None:
    long = {
        str(path.relative_to(PACKAGE)): lines_of(path) for path in MODULES if lines_of(path) > LONGEST_MODULE
    }
    assert not long


def test_modules_are_short_in_the_middle() -> None:
    lengths = [lines_of(path) for path in MODULES if path.name != "__init__.py"]
    assert statistics.median(lengths) <= MEDIAN_MODULE


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_says_in_one_paragraph_what_goes_in_and_out(folder: Path) -> None:
    text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert text is not None
    paragraphs = text.strip().split("\n\n")
    assert len(paragraphs) == 2, "a title line and one paragraph"
    assert re.search(r"\bgoe?s?\b", paragraphs[1]), "say what goes in"
    assert re.search(r"\bout\s+comes?\b", paragraphs[1]), "say what comes out"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_import_contract_holds() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_import_contract_names_every_folder() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    named = set(re.findall(r"\w+", " ".join(contracts["contracts"][0]["layers"])))
    assert {folder.name for folder in FOLDERS if folder.parent == PACKAGE} <= named


def test_no_module_is_called_utils() -> None:
    vague = {"utils", "util", "helpers", "misc", "common"}
    assert not [path for path in MODULES if path.stem in vague or path.parent.name in vague]


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_file_holds_what_must_not_leave_a_machine(kind: str) -> None:
    found = []
    for path in own_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if FORBIDDEN[kind].search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("package index", "--index-url https://py" + "pi.org/simple"),
        ("path of one machine", "open('/" + "tmp/run.json')"),
        ("path of one machine", "see /" + "work/notes"),
        ("folder outside the repository", "cat ../" + "shared/x"),
        ("work left undone", "# TO" + "DO later"),
    ],
)
def test_the_forbidden_words_would_be_found(kind: str, line: str) -> None:
    assert FORBIDDEN[kind].search(line)


def problem_codes() -> dict[str, str]:
    """Code of every problem that the source can raise, and the module that raises it."""
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            code = node.args[0].value
            if name in {"Problem", "one_problem", "add"} and isinstance(code, str) and re.match(CODE, code):
                found[code] = str(path.relative_to(PACKAGE))
    return found


def test_every_problem_that_can_be_raised_is_read_by_a_test() -> None:
    ours = {Path(__file__)}
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py") if path not in ours]
    quoted = set(re.findall(r"[\"'](" + CODE[:-1] + r")[\"']", "\n".join(tests)))
    quoted |= {path.stem for path in (ROOT / "tests" / "data" / "bad").glob("*")}  # named after their fault
    assert not {code: module for code, module in problem_codes().items() if code not in quoted}


def test_there_is_a_lock_for_each_use() -> None:
    assert [path.stem for path in LOCKS] == ["bench", "run", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_is_pinned_hashed_and_holds_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "@ " not in text
    assert not re.search(r"^\s*-", text.replace("--hash=", ""), re.MULTILINE), (
        "options do not belong in a lock"
    )
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry.strip() and entry[0] != "#"]
    assert entries
    wrong = [entry for entry in entries if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry)]
    assert not wrong


def test_the_locks_agree_with_each_other() -> None:
    pins: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE):
            pins.setdefault(name, set()).add(version)
    assert not {name: versions for name, versions in pins.items() if len(versions) > 1}
    assert "hatchling" in pins


def test_generated_pages_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    path = ROOT / "docs" / "generate_reference.py"
    spec = importlib.util.spec_from_file_location("generate_reference", path)
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, generator)  # its dataclasses look themselves up there
    spec.loader.exec_module(generator)
    assert generator.stale_pages() == [], "run `make docs`"


def test_public_names_are_the_names_of_the_reference_page() -> None:
    import xenotime

    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert re.findall(r"^### `xenotime\.(\w+)`$", page, re.MULTILINE) == list(xenotime.__all__)


def test_starting_the_package_is_light() -> None:
    heavy = "scipy.optimize", "plotly", "xarray", "pandas", "highspy", "piqp"
    heavy += "numba", "pyarrow", "SALib", "distributed", "fsspec"
    script = f"import sys, xenotime, xenotime.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_continuous_integration_runs_what_people_run() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail"
    assert commands[-1] == "exec make test"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
