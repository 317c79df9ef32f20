"""A server that is killed, and ten visitors at once: nothing is damaged or lost, and all see their own."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2 as httpx

from browser.served import PATIENCE, served
from xenotime.api import load_case, load_world, run

PAUSE = 0.1


def begin(client: httpx.Client, **form: str) -> str:
    answer = client.post("/scenario", data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).rpartition("/")[2]


def waited(client: httpx.Client, job: str, enough: Any) -> dict[str, Any]:
    end = time.monotonic() + PATIENCE
    while True:
        state = dict(client.get(f"/api/jobs/{job}").json())
        if enough(state):
            return state
        assert state["state"] in ("queued", "running"), state
        assert time.monotonic() < end, state
        time.sleep(PAUSE)


def test_a_killed_server_goes_on_where_it_was_and_gives_the_same_answer(tmp_path: Path) -> None:
    asked = {"case": "april-2025", "months": "5"}
    with served(tmp_path) as server:
        with httpx.Client(base_url=server.url) as client:
            job = begin(client, **asked)
            waited(client, job, lambda state: state["done"] >= 2)
            cookies = client.cookies
        (folder,) = tmp_path.glob(f"visitors/*/{job}")
        server.kill()
    kept = sorted(file.name for file in (folder / "work" / "months" / "case").iterdir())
    assert kept  # months that were made are there
    for file in folder.rglob("*.json"):
        json.loads(file.read_text("utf-8"))  # whatever was being written is whole or not there
    with served(tmp_path) as server:
        with httpx.Client(base_url=server.url, cookies=cookies) as again:
            state = waited(again, job, lambda state: state["state"] == "done")
            assert state["done"] == state["total"]
            document = again.get(f"/api/jobs/{job}/document.json").json()
        record = json.loads((folder / "job.json").read_text("utf-8"))
    assert record["attempts"] == 2
    whole = run(load_world(), load_case("april-2025"), months=5).document()
    assert document["fingerprint"] == whole["fingerprint"]
    assert document["data"]["prices"] == json.loads(json.dumps(whole["data"]["prices"]))


def test_ten_visitors_at_once_lose_nothing_and_see_their_own(tmp_path: Path) -> None:
    with served(tmp_path, "--workers", "2") as server:

        def visit(number: int) -> tuple[str, dict[str, Any]]:
            months = str(1 + number % 2)
            with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
                job = begin(client, case="baseline-2025", months=months)
                waited(client, job, lambda state: state["state"] == "done")
                (only,) = client.get("/api/jobs").json()
                assert only["job"] == job
                document = dict(client.get(f"/api/jobs/{job}/document.json").json())
            assert len(document["data"]["months"]) == int(months)
            return job, document

        with ThreadPoolExecutor(10) as pool:
            seen = list(pool.map(visit, range(10)))
    assert len({job for job, _ in seen}) == 10
    assert len({document["fingerprint"] for _, document in seen}) == 2
