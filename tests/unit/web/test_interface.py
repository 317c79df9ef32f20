"""The HTTP interface as its own schema states it, under requests nobody would send by hand."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from invented_run import small_run
from unit.web.benches import finished, settings_of, visitor
from unit.web.test_jobs import begin
from xenotime.web.app import make_app

HERE = {"host": "127.0.0.1"}
STORE = Path("no-such-folder")  # nothing is kept: no request of the schema begins a job
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", make_app(settings_of(STORE)), headers=HERE)


@SCHEMA.parametrize()
@settings(max_examples=20, deadline=None)
def test_no_request_breaks_it_or_its_promises(case: schemathesis.Case) -> None:
    checks = [not_a_server_error, status_code_conformance, response_schema_conformance]
    case.call_and_validate(headers=HERE, checks=checks)


def test_every_path_of_the_schema_is_of_the_interface_and_answers_a_finished_job(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    name = begin(client)
    finished(client, name, small_run())
    paths = client.get("/openapi.json").json()["paths"]
    assert len(paths) >= 6
    for path, ways in paths.items():
        assert path.startswith("/api/")
        if "get" in ways:
            assert client.get(path.format(name=name, table="prices")).status_code == 200, path
