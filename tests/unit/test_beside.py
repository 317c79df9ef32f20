"""A baseline rolled in a second process is the baseline, and what befalls that process costs time only."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from unit.dynamics.dynamic_worlds import floating
from unit.run_worlds import case_of
from xenotime.beside import WORTH_IT, beside, cores, crew
from xenotime.dynamics.checkpoint import month_arrays
from xenotime.dynamics.trajectory import Trajectory
from xenotime.runs import Run, run_case

PATIENT = 60.0  # seconds until a test that waits for another process gives up


def bytes_of(trajectory: Trajectory) -> list[bytes]:
    return [
        b"".join(value.tobytes() if hasattr(value, "tobytes") else b"" for value in arrays.values())
        for arrays in map(month_arrays, trajectory.months)
    ]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_case(floating(), case_of(tmp_path_factory.mktemp("alone")), months=WORTH_IT)


def test_two_processes_give_the_bytes_of_one(alone: Run, tmp_path: Path) -> None:
    both = run_case(floating(), case_of(tmp_path), months=WORTH_IT, processes=2)
    assert bytes_of(both.baseline) == bytes_of(alone.baseline)
    assert bytes_of(both.trajectory) == bytes_of(alone.trajectory)
    assert bytes_of(both.baseline) != bytes_of(both.trajectory)


def test_what_the_second_process_made_is_kept_with_the_run(alone: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    run_case(floating(), case_of(tmp_path), months=WORTH_IT, keep=kept, processes=2)
    assert len(list((kept / "baseline").glob("*.npz"))) == WORTH_IT
    again = run_case(floating(), case_of(tmp_path), months=WORTH_IT, keep=kept, processes=2)
    assert bytes_of(again.baseline) == bytes_of(alone.baseline)


def killed(folder: Path) -> None:
    (folder / "began").touch()
    os.kill(os.getpid(), signal.SIGKILL)


def failing(folder: Path) -> None:
    (folder / "began").touch()
    raise ValueError("told where the months are taken up")


def endless(folder: Path) -> None:
    (folder / "began").write_text(str(os.getpid()), "utf-8")
    time.sleep(PATIENT)


@pytest.mark.parametrize("work", [killed, failing])
def test_a_process_that_ends_early_is_waited_for_no_longer(
    work: object, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with beside(work, tmp_path) as wait:  # type: ignore[arg-type]
        wait()
    assert (tmp_path / "began").is_file()
    assert capfd.readouterr().err == ""


def test_leaving_early_ends_the_process(tmp_path: Path) -> None:
    with beside(endless, tmp_path):
        number = _begun(tmp_path)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def _begun(folder: Path) -> int:
    until = time.monotonic() + PATIENT
    while time.monotonic() < until:
        if (folder / "began").is_file() and (text := (folder / "began").read_text("utf-8")):
            return int(text)
        time.sleep(0.01)
    raise AssertionError("the process never began")


def test_processors_are_counted() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


def squared(number: int) -> tuple[int, int]:
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL) if os.getpid() != -number else None
    return number * number, os.getpid()


def test_a_crew_answers_in_order_list_after_list_and_shares_the_work() -> None:
    for processes in (1, 2):
        with crew(squared, processes) as together:
            for jobs in ([3, 1, 2], [], [5]):
                assert [value for value, _ in together(jobs)] == [job * job for job in jobs]


def test_a_crew_whose_other_is_killed_does_the_rest_itself() -> None:
    jobs = [-os.getpid(), 2, 3]  # the first kills whoever begins it but this process
    with crew(squared, 2) as together:
        for _ in range(2):
            assert [value for value, _ in together(jobs)] == [job * job for job in jobs]
