"""What must not come in - other hosts, other sites' forms, too many bytes - and what every page carries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.web.benches import HOME, SMALL, TOKEN, visitor
from xenotime.web.guard import HEADERS


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "xn--.example:8765"])
def test_a_request_for_another_host_is_refused(tmp_path: Path, host: str) -> None:
    answer = visitor(tmp_path).get("/scenario", headers={"host": host})
    assert answer.status_code == 421
    assert "127.0.0.1" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "[::1]:9"])
def test_this_machine_is_let_in_under_each_of_its_names(tmp_path: Path, host: str) -> None:
    assert visitor(tmp_path).get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_a_form_of_another_site_begins_nothing(tmp_path: Path, headers: dict[str, str]) -> None:
    client = visitor(tmp_path)
    answer = client.post("/scenario", data={"case": "april-2025"}, headers=headers)
    assert answer.status_code == 403
    assert client.get("/api/jobs").json() == []


def test_our_own_form_begins_a_job(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    answer = client.post(
        "/scenario", data={"case": "april-2025"}, headers={"origin": HOME}, follow_redirects=False
    )
    assert answer.status_code == 303
    assert len(client.get("/api/jobs").json()) == 1


@pytest.mark.parametrize(
    "path", ["/scenario", "/api/jobs", "/no-such-page", "/jobs/0", "/static/x/workbench.css"]
)
def test_every_answer_carries_the_headers(tmp_path: Path, path: str) -> None:
    answer = visitor(tmp_path).get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["cache-control"] == "no-store"


def test_a_script_is_kept_for_ever_under_the_name_of_its_text(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    page = client.get("/scenario").text
    address = page.partition('src="')[2].partition('"')[0]
    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get(address.replace("/static/", "/static/0")).status_code == 404


def test_a_body_that_is_told_too_large_is_refused_unread(tmp_path: Path) -> None:
    answer = visitor(tmp_path, limits=SMALL).post("/scenario", data={"case": "x" * 3000})
    assert answer.status_code == 413
    assert "KiB" in answer.text


def test_a_body_that_tells_no_length_is_counted(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(64):
            yield b"case=" + b"x" * 100

    answer = visitor(tmp_path, limits=SMALL).post(
        "/scenario", content=parts(), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


def test_a_length_that_is_no_number_is_told_so(tmp_path: Path) -> None:
    answer = visitor(tmp_path).post("/scenario", content=b"", headers={"content-length": "many"})
    assert answer.status_code == 400


def test_who_has_no_token_sees_the_door_alone(tmp_path: Path) -> None:
    client = visitor(tmp_path, host="0.0.0.0", token=TOKEN)  # noqa: S104 - a setting, nothing listens
    assert client.get("/api/jobs", headers={"accept": "application/json"}).status_code == 401
    door = client.get("/scenario", headers={"accept": "text/html"})
    assert "asks for a token" in door.text
    wrong = client.post("/enter", data={"token": TOKEN[:-1] + "x", "to": "/scenario"})
    assert wrong.status_code == 401
    assert client.get("/api/jobs", headers={"authorization": f"Bearer {TOKEN}x"}).status_code == 401
    assert (
        client.get("/api/jobs", headers={"authorization": "Bearer 0 + \u00e9".encode("latin-1")}).status_code
        == 401
    )


def test_the_token_lets_in_by_form_by_address_and_as_bearer(tmp_path: Path) -> None:
    for way in range(3):
        client = visitor(tmp_path, host="0.0.0.0", token=TOKEN)  # noqa: S104 - a setting, nothing listens
        if way == 0:
            client.post("/enter", data={"token": TOKEN, "to": "/scenario"})
        if way == 1:
            found = client.get("/scenario", params={"token": TOKEN})
            assert TOKEN not in str(found.url)
        headers = {"authorization": f"Bearer {TOKEN}"} if way == 2 else {}
        assert client.get("/api/jobs", headers=headers).json() == []


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
def test_the_door_leads_nowhere_else(tmp_path: Path, to: str) -> None:
    client = visitor(tmp_path, token=TOKEN)
    answer = client.post("/enter", data={"token": TOKEN, "to": to}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert 'value="/"' in client.get("/enter", params={"to": to}).text
