"""Whatever the text: reading it ends, every place is in it, and the same text gives the same reading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xenotime.errors import InputProblems, Problem
from xenotime.report.envelope import to_json
from xenotime.report.readout import read_document
from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.read import read
from xenotime.talks.reader.text import Text, load_text
from xenotime.talks.reader.weigh import Tone

PIECES = (
    *("China", "the United States", "Beijing", "both sides", "MP Materials", "The White House", "analysts"),
    *("will", "agreed to", "has", "may", "hopes to", "said", "not", "if", "which", "that", "by", "to", "and"),
    *("suspend", "purchasing", "lifted", "export controls", "tariffs", "rare earths", "a joint committee"),
    *(
        "12 million metric tons",
        "$110 per kilogram",
        "10%",
        "within 30 days",
        "until November 10, 2026",
        "May",
    ),
    *(".", ",", ";", ":", "\n", "\n- ", '"', "(", ")", "- ", "№", "¥5", "’", "—"),
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


@given(TEXTS)
def test_reading_ends_and_every_place_is_in_the_text(text: str) -> None:
    found = read(Text("any", "text", text, "2025-11-01", "given"))
    size = len(text)
    for sentence in found.sentences:
        assert 0 <= sentence.start < sentence.end <= size
    for act in found.acts:
        sentence = found.sentences[act.sentence - 1]
        assert sentence.start <= act.span.start <= act.span.end <= sentence.end
        for span in (*act.conditions, *act.mechanisms, *act.funding):
            assert 0 <= span.start < span.end <= size
        assert not act.concrete or act.actors
    for mention in (*found.parties, *found.levers, *found.materials, *found.hedges):
        assert 0 <= mention.start < mention.end <= size
    assert found == read(Text("any", "text", text, "2025-11-01", "given"))
    to_json(read_document(found, load_lexicon(), (), (), Tone(None, 0, 0.0)))


@given(TEXTS)
def test_sentences_of_another_text_change_no_commitment_behind_a_blank_line(text: str) -> None:
    own = "China will suspend its export controls on gallium by 1 May 2026."
    found = read(Text("any", "text", f"{own}\n\n{text}", "2025-11-01", "given"))
    first = found.commitments()[0]
    assert (first.actors, first.action, first.deadline) == (("CHN",), "suspend", "2026-05-01")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_a_problem(raw: bytes) -> None:
    faults: tuple[Problem, ...] = ()
    size = 0
    try:
        size = len(load_text("any", raw, load_lexicon().english).text)
    except InputProblems as caught:
        faults = caught.problems
    assert bool(size) != bool(faults)
