"""What is worked out once: shared, awaited for a moment only, tried again after a fault."""

from __future__ import annotations

from threading import Event

import pytest

from xenotime.web import kept
from xenotime.web.kept import MOST, ask, being_made


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_FOUND", type(kept._FOUND)())


def test_a_page_gets_nothing_while_it_is_made_and_the_answer_afterwards() -> None:
    goes_on, times = Event(), []

    def make() -> str:
        times.append(1)
        goes_on.wait()
        return "found"

    assert ask("slow", make, 0.0) is None
    assert ask("slow", make, 0.0) is None
    goes_on.set()
    assert ask("slow", make, None) == "found"
    assert times == [1]


def test_a_fault_is_told_and_the_next_who_asks_tries_again() -> None:
    said = iter([TimeoutError("of its own"), None])

    def make() -> str:
        fault = next(said)
        if fault is not None:
            raise fault
        return "found"

    with pytest.raises(TimeoutError, match="of its own"):
        ask("faulty", make, None)
    assert ask("faulty", make, None) == "found"


def test_what_nobody_asked_for_longest_goes_first() -> None:
    for number in range(MOST):
        ask(str(number), lambda number=number: number, None)
    assert ask("0", lambda: "made again", None) == 0  # asked for: now the newest
    ask("one more", lambda: 1, None)
    assert ask("0", lambda: "made again", None) == 0
    assert ask("1", lambda: "made again", None) == "made again"


def test_the_page_meanwhile_comes_again_without_a_script() -> None:
    page = being_made("the ledger", "/talks")
    assert page.status_code == 202
    assert page.headers["refresh"] == "1"
    assert b"being worked out" in page.body
