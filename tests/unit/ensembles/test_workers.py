"""The same bytes from every evaluator, and what happens when a worker or the driver is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest

from unit.ensembles.small_studies import MONTHS, ranged, study_of
from unit.run_worlds import CASE
from xenotime.ensembles.draw_files import notes_of
from xenotime.ensembles.ensemble import run_ensemble
from xenotime.ensembles.folder import draw_name, open_folder
from xenotime.ensembles.study import Study
from xenotime.ensembles.workers import DIED, cluster, connect, lean, processes, serial, whole
from xenotime.errors import InputProblems, InternalFault
from xenotime.world.world import World
from xenotime.world.write import write_world

DRAWS = 4
PATIENCE = 120  # seconds a test waits for another process before it says that nothing comes


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return study_of(tmp_path_factory.mktemp("study"), DRAWS)


@pytest.fixture(scope="module")
def expected(study: Study) -> dict[int, bytes]:
    return dict(serial(study, range(DRAWS)))


def test_processes_give_the_same_bytes(study: Study, expected: dict[int, bytes]) -> None:
    assert dict(processes(2)(study, range(DRAWS))) == expected


def test_a_cluster_gives_the_same_bytes(study: Study, expected: dict[int, bytes]) -> None:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as there:
        client = connect(there.scheduler_address)
        try:
            assert there.scheduler_address.startswith("tcp://")
            assert dict(cluster(client)(study, range(DRAWS))) == expected
        finally:
            client.close()
            connect.cache_clear()


def test_a_cluster_nobody_runs_is_refused() -> None:
    with pytest.raises(InputProblems) as told:
        connect("nonsense")
    assert told.value.problems[0].code == "no-cluster"


@contextmanager
def killer(times: int) -> Iterator[list[int]]:
    """Kills the first `times` worker processes as soon as they are there."""
    killed: list[int] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set() and len(killed) < times:
            for child in active_children():
                if child.pid and child.pid not in killed and len(killed) < times:
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield killed
    finally:
        stop.set()
        thread.join()


def test_a_killed_worker_loses_nothing(study: Study, expected: dict[int, bytes]) -> None:
    with killer(1) as killed:
        found = dict(processes(2)(study, range(DRAWS)))
    assert len(killed) == 1
    assert found == expected


def test_a_draw_whose_workers_die_twice_is_a_failure_and_the_others_go_on(
    study: Study, expected: dict[int, bytes]
) -> None:
    with killer(2) as killed:
        found = dict(processes(1)(study, [0, 1]))
    assert len(killed) == 2
    told = {number: notes_of(data)["failure"] for number, data in found.items()}
    assert told == {0: DIED, 1: ""}
    assert found[1] == expected[1]


def test_a_script_without_a_guard_is_told_what_to_do(tmp_path: Path) -> None:
    """A new process imports the script again; it used to wait for ever for one that could not."""
    write_world(ranged(), tmp_path / "world")
    (tmp_path / "ban.toml").write_text(CASE, "utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "import xenotime as xt\n"
        f"case = xt.load_case({str(tmp_path / 'ban.toml')!r})\n"
        f"xt.ensemble(xt.load_world({str(tmp_path / 'world')!r}), case, draws=3, workers=2, months=2)\n",
        "utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode != 0
    assert "processes that ended before they began" in done.stderr  # problem "no-workers"
    assert '__name__ == "__main__"' in done.stderr


def test_a_bug_in_a_worker_is_told_and_not_kept_as_a_failed_draw(study: Study) -> None:
    broken = replace(study, asked=replace(study.asked, engine="nonsense"))
    with pytest.raises(InternalFault, match="nonsense"):
        dict(processes(1)(broken, [0]))


def test_a_world_of_the_package_is_built_by_name_where_it_is_needed(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = replace(study, asked=replace(study.asked, place="2024-12"))
    assert lean(named).world == World()
    assert lean(study).world == study.world
    monkeypatch.setattr("xenotime.ensembles.workers.find_world", lambda place: ranged())
    assert whole(lean(named)).world == study.world
    other = ranged().with_tables(stocks=())
    monkeypatch.setattr("xenotime.ensembles.workers.find_world", lambda place: other)
    with pytest.raises(InternalFault, match="another version"):
        whole(lean(named))


def command(folder: Path, out: Path) -> list[str]:
    """`xenotime ensemble` on the ranged chain."""
    write_world(ranged(), folder / "world")
    (folder / "ban.toml").write_text(CASE, "utf-8")
    words = ["ensemble", str(folder / "ban.toml"), "--world", str(folder / "world"), "--out", str(out)]
    words += ["--draws", str(DRAWS), "--months", str(MONTHS), "--look-ahead", "1,1,2"]
    return [sys.executable, "-m", "xenotime", *words]


def test_a_killed_driver_goes_on_with_the_same_command_and_gives_the_same_bytes(tmp_path: Path) -> None:
    whole_run, cut = tmp_path / "whole", tmp_path / "cut"
    for folder in (whole_run, cut):
        folder.mkdir()
    subprocess.run(command(whole_run, whole_run / "out"), check=True, capture_output=True, timeout=PATIENCE)
    words = command(cut, cut / "out")
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as driver:
        end = time.monotonic() + PATIENCE
        while not (cut / "out" / draw_name(1)).is_file():
            assert driver.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < end
            time.sleep(0.01)
        driver.send_signal(signal.SIGKILL)
    assert not (cut / "out" / "ensemble.json").is_file()
    subprocess.run(words, check=True, capture_output=True, timeout=PATIENCE)
    named = sorted(item.name for item in (whole_run / "out").iterdir())
    assert "ensemble.json" in named
    for name in named:
        assert (cut / "out" / name).read_bytes() == (whole_run / "out" / name).read_bytes(), name


def test_what_is_kept_is_not_run_again(study: Study, tmp_path: Path) -> None:
    folder = open_folder(str(tmp_path / "out"))
    ran: list[int] = []

    def counting(asked: Study, numbers: object) -> Iterator[tuple[int, bytes]]:
        for number, data in serial(asked, list(numbers)):  # type: ignore[call-overload]
            ran.append(number)
            yield number, data

    first = run_ensemble(study, folder, counting)
    again = run_ensemble(study, folder, counting)
    assert ran == list(range(DRAWS))
    assert first.notes == again.notes
