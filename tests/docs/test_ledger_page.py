"""The page of the ledger says what the shipped record says now."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

from xenotime.months import month_range

DOCS = Path(__file__).parents[2] / "docs"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_ledger", DOCS / "generate_ledger.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date() -> None:
    assert (DOCS / "ledger.md").read_text("utf-8") == generator().page_text(), (
        "run `python docs/generate_ledger.py`"
    )


def test_kept_prices_are_those_of_the_beliefs_as_they_are_now() -> None:
    from xenotime.talks.belief.replay import replay

    module = generator()
    kept = json.loads((DOCS / "ledger_price.json").read_text("utf-8"))
    assert kept["months"] == list(month_range(module.START, module.MONTHS))
    played = replay(last=kept["months"][-1], names=[module.CHANNEL])
    now = [belief.chances["open"] for belief in played.beliefs]
    assert [round(x, 6) for x in kept["open"]] == [round(x, 6) for x in now], (
        "run `python docs/generate_ledger.py --price`"
    )
