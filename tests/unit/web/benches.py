"""A workbench of a test: nobody works unless asked, and visitors come by their own cookies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from xenotime.web.app import make_app
from xenotime.web.desk import Desk
from xenotime.web.documents import write_shown
from xenotime.web.jobs import DONE, Job
from xenotime.web.kinds import KINDS
from xenotime.web.settings import Limits, Settings

HOME = "http://127.0.0.1:8765"
TOKEN = "a-token-long-enough-to-be-safe"  # noqa: S105 - of a workbench that ends with the test


def settings_of(store: Path, **given: Any) -> Settings:
    """Settings of a bench whose workers do not load a world before they are asked."""
    return replace(Settings(store, warm=False), **given)


def visitor(store: Path, **given: Any) -> TestClient:
    """A new visitor of the bench in `store`; its scheduler is not started."""
    return TestClient(make_app(settings_of(store, **given)), base_url=HOME)


def same_bench(client: TestClient) -> TestClient:
    """Another visitor of the same bench."""
    return TestClient(client.app, base_url=HOME)


def desk_of(client: TestClient) -> Desk:
    """The bench a client visits."""
    desk: Desk = client.app.state.desk  # type: ignore[attr-defined]
    return desk


def finished(client: TestClient, name: str, document: dict[str, Any]) -> Job:
    """A visitor's job as its worker and the scheduler leave it, with this document."""
    import json

    desk = desk_of(client)
    (job,) = [one for one in desk.shelf.everyone() if one.job == name]
    folder = desk.shelf.folder(job)
    write_shown(folder, KINDS[job.kind], document)
    (folder / "document.json").write_text(json.dumps(document), "utf-8")
    done = replace(job, state=DONE, started=job.created, ended=job.created + 1)
    desk.shelf.save(done)
    return done


SMALL = Limits(bill=4096, file=1024, text=2048, waiting=2, kept=3)
