"""Case files are read strictly: each fault is provoked, and its message has four parts that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.errors import InputProblems, Problem
from xenotime.policy.case import case_names, load_case

GOOD = """title = "A stop"
question = "What if A stops?"
world = "2024-12"
start = "2025-01"
months = 6
citation = ["invented"]

[[control]]
control = "stop"
instrument = "ban"
materials = ["ore"]
origin = "A"
announced = "2025-02-04"
in_force = "2025-03"
"""


def problems(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputProblems) as caught:
        load_case(file)
    assert caught.value.exit_code == 2
    for problem in caught.value.problems:
        assert problem.file == "mine.toml"
        assert problem.found
        assert problem.expected
        assert problem.remedy
    return caught.value.problems


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD, "utf-8")
    case = load_case(file)
    assert (case.name, case.text) == ("mine", GOOD)
    assert (case.data.title, case.data.months, case.data.world) == ("A stop", 6, "2024-12")
    (control,) = case.data.control
    assert (control.control, control.materials, control.announced) == ("stop", ("ore",), "2025-02-04")
    assert (control.value, control.until, control.processing_months) == (None, "", 0.0)


def test_a_folder_is_a_case_named_after_itself(tmp_path: Path) -> None:
    folder = tmp_path / "embargo"
    folder.mkdir()
    (folder / "case.toml").write_text(GOOD, "utf-8")
    assert load_case(folder).name == "embargo"
    assert load_case(str(folder)).data == load_case(folder / "case.toml").data


@pytest.mark.parametrize("name", case_names())
def test_shipped_cases_are_sound(name: str) -> None:
    case = load_case(name)
    assert case.name == name
    assert case.data.title
    assert case.data.question.endswith("?")
    assert case.data.citation


def test_the_shipped_cases_are_listed() -> None:
    assert {"april-2025", "baseline-2025"} <= set(case_names())
    assert list(case_names()) == sorted(case_names())


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(InputProblems) as caught:
        load_case("april-2052")
    (problem,) = caught.value.problems
    assert problem.code == "unknown-case"
    assert problem.file == "april-2052"
    assert "april-2025" in problem.remedy
    assert "xenotime cases" in problem.expected


def test_bytes_that_are_not_text_are_said_where(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b'title = "Caf\xe9"\n')
    with pytest.raises(InputProblems) as caught:
        load_case(file)
    (problem,) = caught.value.problems
    assert problem.code == "wrong-encoding"
    assert "at 12" in problem.found
    assert problem.remedy == "save the file as UTF-8"


def test_what_is_not_toml_is_said_with_its_place(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, 'title = "A stop\n')
    assert problem.code == "not-toml"
    assert "line 1" in problem.found


@pytest.mark.parametrize(
    ("line", "key", "nearest"),
    [
        ('titel = "x"', "titel", "title"),
        (
            '[[control]]\ncontrol = "a"\ninstrument = "ban"\nmaterial = ["ore"]',
            "control.1.material",
            "materials",
        ),
    ],
)
def test_an_unknown_key_offers_the_nearest(tmp_path: Path, line: str, key: str, nearest: str) -> None:
    text = f"{line}\n{GOOD}" if line.startswith("titel") else f"{GOOD}\n{line}\n"
    (problem,) = problems(tmp_path, text)
    assert problem.code == "unknown-key"
    assert problem.column == key
    assert nearest in problem.remedy
    assert problem.row is not None
    assert key.rsplit(".", 1)[-1] in text.splitlines()[problem.row - 1]


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, GOOD.replace('instrument = "ban"\n', ""))
    assert problem.code == "missing-key"
    assert problem.column == "control.0.instrument"
    assert problem.remedy == "add the key"


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("months = 6", "months = 0", "months"),
        ("months = 6", 'months = "six"', "months"),
        ('origin = "A"', "processing_months = -0.5", "control.0.processing_months"),
        ('origin = "A"', "value = nan", "control.0.value"),
        ('origin = "A"', "value = inf", "control.0.value"),
        ('origin = "A"', "processing_months = -1", "control.0.processing_months"),
        ('materials = ["ore"]', 'materials = "ore"', "control.0.materials"),
    ],
)
def test_a_bad_value_is_shown_with_what_is_wrong(tmp_path: Path, old: str, new: str, column: str) -> None:
    (problem,) = problems(tmp_path, GOOD.replace(old, new))
    assert problem.code == "bad-value"
    assert problem.column == column
    assert problem.row == GOOD.splitlines().index(old) + 1
    assert problem.remedy == "correct the value"


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('in_force = "2025-03"', 'in_force = "March 2025"', "stop.in_force"),
        ('in_force = "2025-03"', 'until = "2025-13"', "stop.until"),
        ('announced = "2025-02-04"', 'announced = "2025/02"', "stop.announced"),
        ('start = "2025-01"', 'start = "soon"', "case.start"),
    ],
)
def test_a_bad_month_is_shown_as_it_was_written(tmp_path: Path, old: str, new: str, column: str) -> None:
    (problem,) = problems(tmp_path, GOOD.replace(old, new))
    assert problem.code == "bad-month"
    assert problem.column == column
    assert problem.found == repr(new.split(" = ")[1].strip('"'))
    assert problem.expected == ("YYYY-MM" if column == "case.start" else "YYYY-MM or YYYY-MM-DD")
    assert problem.row == GOOD.splitlines().index(old) + 1


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("months = 6", "months = 0").replace('title = "A stop"', 'titel = "A stop"')
    assert sorted(problem.code for problem in problems(tmp_path, text)) == [
        "bad-value",
        "missing-key",
        "unknown-key",
    ]


@pytest.mark.parametrize("start", ["2025-01-15", "2025"])
def test_a_case_starts_in_a_month(tmp_path: Path, start: str) -> None:
    """A run counts whole months from its start, so the start is neither a day nor a year."""
    (problem,) = problems(tmp_path, GOOD.replace('start = "2025-01"', f'start = "{start}"'))
    assert problem.code == "bad-month"
    assert problem.column == "case.start"


LEVER = """
[[lever]]
lever = "floor"
kind = "price_floor"
sponsor = "A"
form = "purchase"
material = "ore"
region = "A"
price = 10.0
quantity = 1.0
start = "2025-02"
"""


def test_levers_are_read_beside_controls(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD + LEVER, "utf-8")
    (lever,) = load_case(file).data.lever
    assert (lever.lever, lever.price, lever.lag_months, lever.until) == ("floor", 10.0, 1, "")


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("price = 10.0", "prise = 10.0", "unknown-key", "lever.0.prise"),
        ("price = 10.0", "price = 0.0", "bad-value", "lever.0.price"),
        ("price = 10.0", "price = inf", "bad-value", "lever.0.price"),
        ('kind = "price_floor"\n', "", "missing-key", "lever.0.kind"),
        ('start = "2025-02"', 'start = "February"', "bad-month", "floor.start"),
    ],
)
def test_faults_of_a_lever_are_told_like_any(
    tmp_path: Path, old: str, new: str, code: str, column: str
) -> None:
    (problem,) = problems(tmp_path, GOOD + LEVER.replace(old, new))
    assert (problem.code, problem.column) == (code, column)
    if code == "unknown-key":
        assert "price" in problem.remedy
