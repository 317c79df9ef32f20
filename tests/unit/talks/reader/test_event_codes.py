"""Events of the record read into its codes: from their own words, of their day, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from unit.talks.reader.texts import reading
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.politics import Event
from xenotime.facts.reading import AnnotatedDocument, EventText
from xenotime.facts.words import Reading as ByHand
from xenotime.months import month_of
from xenotime.talks.ledger.days import first_day, last_day
from xenotime.talks.ledger.known import LAST
from xenotime.talks.reader.event_codes import NOT_READ, Codes, codes_of, leading, read_events
from xenotime.talks.reader.event_texts import own_line, reports_of, text_of
from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.read import read

FACTS = load_facts()
EVENTS = {row.event: row for row in FACTS.rows(Event)}
BESSENT = EVENTS["2025-11-16-bessent"]


def coded(claim: str, party: str = "MOFCOM", terms: str = "") -> Codes:
    """Codes of an event of these words on 9 October 2025."""
    event = replace(EVENTS["2025-10-09-mofcom"], party=party, claim=claim, terms=terms)
    lexicon = load_lexicon()
    text = own_line(event)
    return codes_of(event, reading(text, event.date), lexicon)


def test_what_leads_is_coded() -> None:
    found = coded("China will suspend its export controls on gallium until 10 November 2026")
    assert (found.act, found.direction, found.lever) == ("unilateral_claim", "eases", "export_control")
    assert (found.speaker, found.states_date, found.names_goods) == ("CHN ministry", "yes", "yes")
    assert (found.states_amount, found.states_mechanism, found.window_months) == ("no", "no", 13)
    assert "suspend" in found.rule


def test_notes_without_a_verb_have_neither_kind_nor_direction() -> None:
    found = coded("licences for seven elements and magnets")
    assert (found.act, found.direction, found.window_months, found.rule) == ("", "", None, "")
    assert found.states_mechanism == ""  # looked for in deeds, and there is none
    assert found.names_goods == "yes"


def test_a_deed_of_no_direction_leaves_it_open() -> None:
    found = coded("Xi agreed to let rare earths flow", party="Trump")
    assert (found.act, found.direction, found.speaker) == ("unilateral_claim", "", "USA president")


def test_export_controls_lead_before_other_commitments_and_these_before_claims() -> None:
    beans = "China will purchase 12 million tonnes of soybeans."
    control = "China will suspend its export controls on gallium."
    hope = "China hopes to suspend its export controls on gallium."
    for text, levers, concrete in (
        (f"{beans} {control}", "export_control", True),
        (f"{hope} {control}", "export_control", True),
        (f"{beans} {hope}", "export_control", False),
    ):
        lead = leading(reading(text).acts)
        assert lead is not None
        assert (levers in lead.levers, lead.concrete) == (True, concrete), text
    assert leading(reading("It rained in Geneva.").acts) is None


def test_purchases_are_a_lever_by_their_deed_and_two_levers_in_a_note_are_none() -> None:
    bought = coded("China will buy 40 billion dollars of farm goods", "Trump")
    assert (bought.lever, bought.states_amount, bought.direction) == ("purchases", "yes", "eases")
    assert coded("tariffs of 10 %", "Trump").lever == "tariffs"
    assert coded("tariffs of 10 % and general licences", "Trump").lever == ""


@pytest.mark.parametrize(
    ("party", "speaker"),
    [
        ("USA and CHN", ""),  # codes of states are no words the reader knows
        ("Trump and Xi", "both"),
        ("Bessent and He Lifeng", "both"),
        ("USTR", "USA officials"),
        ("EU Chamber of nobody we know", ""),
    ],
)
def test_the_head_of_the_line_says_who_speaks(party: str, speaker: str) -> None:
    assert coded("round", party).speaker == speaker


def test_the_pair_is_given_where_two_states_are_named() -> None:
    assert coded("25 % on goods from China", "Trump").pair == "CHN;USA"
    assert coded("25 % on steel", "Trump").pair == ""


def test_replies_and_outcomes_are_no_words_of_an_event() -> None:
    hindsight = "China has banned exports of gallium to the United States."
    told = tuple(
        replace(row, reply=hindsight, delivered=hindsight, confirmed="no") for row in FACTS.rows(Event)
    )
    readings = tuple(
        replace(row, came=None, act="talks", direction="none", claim="x") for row in FACTS.rows(ByHand)
    )
    other = Facts(MappingProxyType({**FACTS.tables, "events": told, "event_readings": readings}), "")
    assert read_events(other) == read_events(FACTS)


def test_documents_count_from_their_day_and_to_the_end_of_the_events_month() -> None:
    names = reports_of(FACTS, BESSENT, LAST)
    dates = {row.document: row.date for row in FACTS.rows(AnnotatedDocument)}
    assert [dates[name] for name in names] == ["2025-11-16", "2025-11-17", "2025-11-17", "2025-11-17"]
    assert reports_of(FACTS, BESSENT, first_day("2025-11-16")) == names[:1]
    assert reports_of(FACTS, BESSENT, first_day("2025-11-15")) == ()
    late = tuple(replace(row, date="2025-12-01") for row in FACTS.rows(AnnotatedDocument))
    facts = Facts(MappingProxyType({**FACTS.tables, "annotated_documents": late}), "")
    assert reports_of(facts, BESSENT, LAST) == ()
    assert text_of(facts, BESSENT, LAST).text == own_line(BESSENT)


def test_every_shipped_report_is_of_the_month_of_its_event_and_not_before_it() -> None:
    dates = {row.document: row.date for row in FACTS.rows(AnnotatedDocument)}
    for row in FACTS.rows(EventText):
        day, out = EVENTS[row.event].date, dates[row.document]
        assert first_day(day) <= first_day(out) <= last_day(month_of(day)), row


def test_an_event_of_which_the_month_alone_is_known_is_undated() -> None:
    text = text_of(FACTS, EVENTS["2026-11-apec-leaders"], LAST)
    assert (text.date, text.dated_by) == ("", "")
    assert text_of(FACTS, BESSENT, LAST).date == "2025-11-16"


def test_shipped_events_are_read_as_the_page_says() -> None:
    own = {item.event: item for item in read_events(FACTS, reports=False)}
    told = {item.event: item for item in read_events(FACTS)}
    assert list(own) == list(told) == [row.event for row in FACTS.rows(ByHand)]
    assert own["2025-11-01-white-house"].direction == ""
    assert told["2025-11-01-white-house"].direction == "eases"
    assert (told["2023-07-03-mofcom"].act, told["2023-07-03-mofcom"].direction) == ("legal_act", "tightens")


def test_codes_not_read_are_columns_of_the_readings_and_no_codes() -> None:
    columns, codes = set(ByHand.__dataclass_fields__), set(Codes.__dataclass_fields__)
    assert set(NOT_READ) <= columns - codes
    assert codes - {"rule"} <= columns


def test_the_same_words_give_the_same_codes() -> None:
    text = text_of(FACTS, BESSENT, LAST)
    lexicon = load_lexicon()
    assert codes_of(BESSENT, read(text, lexicon), lexicon) == codes_of(BESSENT, read(text), lexicon)
