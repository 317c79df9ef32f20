"""Fields of forms keep what was said, and all faults are told at once."""

from __future__ import annotations

import pytest

from invented_run import HOSTILE
from xenotime.errors import InputProblems
from xenotime.web.fields import Checked, area, chooser, field, said_in, tick, ticked


def test_what_was_said_stands_in_the_field_as_text() -> None:
    for made in (field("a", "A", HOSTILE), area("a", "A", HOSTILE), chooser("a", "A", [("x", HOSTILE)], "x")):
        assert HOSTILE not in made
        assert made.startswith("<label>")
    assert "\n first" in area("a", "A", " first")  # a browser drops one line feed, not what was typed


def test_an_empty_box_is_an_answer_and_no_form_is_none() -> None:
    assert ticked({}, "draw", True) is True
    assert ticked({"draw.shown": "1"}, "draw", True) is False
    assert ticked({"draw.shown": "1", "draw": "1"}, "draw") is True
    assert "checked" in tick("draw", "Draw", True)
    assert "checked" not in tick("draw", "Draw", False)


def test_a_field_that_was_emptied_is_empty_and_one_never_sent_has_its_default() -> None:
    assert said_in({"by": "  "}, "by", "CHN") == ""
    assert said_in({}, "by", "CHN") == "CHN"


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "9" * 40, "²", "37"])
def test_every_number_out_of_place_is_told(text: str) -> None:
    form = Checked({"months": text, "draws": text}, "the form")
    assert form.whole("months", "months", 1, 36, 12) == 12
    assert form.whole("draws", "draws", 0, 20, 0) == 0
    with pytest.raises(InputProblems) as caught:
        form.end()
    assert [(p.code, p.column) for p in caught.value.problems] == [
        ("bad-value", "months"),
        ("bad-value", "draws"),
    ]
    assert "from 1 to 36" in caught.value.problems[0].expected
