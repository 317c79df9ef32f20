"""Sentences to acts: who commits to what, and what is no commitment."""

from __future__ import annotations

import pytest

from unit.talks.reader.texts import ARTICLE, FACT_SHEET, NAMED_LEVERS, one, reading, told
from xenotime.talks.reader.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("China will suspend its export controls on gallium.", ("CHN", "suspend", None, "")),
        ("Beijing has agreed to lift its curbs: it will lift export controls.", ("CHN", "remove", None, "")),
        (
            "The United States and Australia will each invest $1 billion within six months.",
            ("AUS;USA", "invest", (1e9, "USD"), "2026-05-01"),
        ),
        ("Malaysia will not ban exports of rare earths.", ("MYS", "impose", None, "")),
        (
            "China has suspended its ban on exports of gallium until 27 November 2026.",
            ("CHN", "suspend", None, "2026-11-27"),
        ),
        ("China's Ministry of Commerce said it would grant general licenses.", ("CHN", "issue", None, "")),
        (
            "Lynas, the largest producer outside China, will supply 500 tonnes a year.",
            ("Lynas", "supply", (500.0, "t/year"), ""),
        ),
        (
            "DoD has entered into an agreement establishing a price floor of $110 per kilogram.",
            ("USA", "guarantee", (110.0, "USD/kg"), ""),
        ),
        ("Apple has struck a $500 million deal to buy magnets.", ("Apple", "purchase", (5e8, "USD"), "")),
        (
            "The Japanese government said it would offer 42 billion yen in subsidies.",
            ("JPN", "invest", (42e9, "JPY"), ""),
        ),
        ("The UK government is pledging up to £50 million.", ("GBR", "invest", (5e7, "GBP"), "")),
        (
            "Vietnam's parliament has approved a law that restricts exports of rare earths.",
            ("VNM", "impose", None, ""),
        ),
        (
            "The United States will raise no duty but will reduce tariffs from 20% to 10%.",
            ("USA", "reduce", (10.0, "percent"), ""),
        ),
    ],
)
def test_a_commitment_is_found_with_its_parts(sentence: str, found: tuple[object, ...]) -> None:
    act = one(sentence)
    assert act.concrete
    assert told(act) == found


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("China hopes to suspend its export controls by 2027.", "hope"),
        ("The company plans to invest $300 million by 2028.", "hope"),
        ("The two countries intend to lift tariffs within 30 days.", "hope"),
        ("Washington signed a non-binding letter of intent to provide $50 million.", "hope"),
        ("China may suspend its export controls.", "opinion"),
        ("Experts say China will lift its export controls.", "opinion"),
        ("The new plant could produce 5,000 tonnes by 2027.", "opinion"),
        ("President Trump warned he would impose tariffs of 100% on China.", "threat"),
        ("The White House claims that China will lift its export controls.", "claim_about_other"),
        ("Beijing said the United States would lift its tariffs within 30 days.", "claim_about_other"),
        ("Beijing says it hopes that the United States may ease its tariffs.", "hope"),
        ("China has not agreed to lift its export controls.", "description"),
        ("In 2010 China cut its export quota by 40 percent.", "description"),
        ("The plant is expected to start in 2028.", "description"),
        ("China will strengthen cooperation on rare earths.", "promise"),
    ],
)
def test_what_is_no_commitment_is_told_apart(sentence: str, kind: str) -> None:
    act = one(sentence)
    assert not act.concrete
    assert act.act == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Beijing said it would suspend its export controls on gallium for one year.",
        "China's Ministry of Commerce said China will suspend its export controls on gallium for one year.",
        "The White House announced that China will suspend its export controls on gallium for one year.",
    ],
)
def test_what_a_side_says_of_itself_or_a_deal_announces_of_the_other_is_a_commitment(sentence: str) -> None:
    act = one(sentence)
    assert (act.concrete, act.actors, act.action) == (True, ("CHN",), "suspend")


def test_money_in_the_passive_is_of_whom_it_is_from() -> None:
    act = one(
        "It will be funded by $2bn of private capital along with a $10bn loan from the US Export-Import Bank."
    )
    assert act.concrete
    assert told(act) == ("USA", "invest", (10e9, "USD"), "")
    assert not one("The plant will be funded by $2bn of private capital.").concrete


def test_a_fact_sheet_gives_its_promises_with_the_deadline_of_their_heading() -> None:
    found = reading(FACT_SHEET, "")
    assert (found.text.date, found.text.dated_by) == ("2025-10-30", "the top of the text")
    assert [told(act) for act in found.commitments()] == [
        ("CHN", "suspend", None, "2025-11-10"),
        ("CHN", "purchase", (12e6, "t"), "2025-12-31"),
        ("CHN", "purchase", (25e6, "t/year"), "2028-12-31"),
        ("USA", "reduce", (10.0, "percentage point"), "2025-11-10"),
        ("USA", "establish", None, "2026-01-28"),
    ]
    suspended, bought, _, lowered, convened = found.commitments()
    assert suspended.levers == ("export_control",)
    assert suspended.materials == ("gallium", "germanium")
    assert bought.amount is not None
    assert bought.amount.bound == "at least"
    text = found.text.text
    assert [text[c.start : c.end] for c in lowered.conditions] == ["if China keeps its word"]
    assert text[convened.mechanisms[0].start : convened.mechanisms[0].end] == "committee"


def test_every_act_points_at_its_words_and_says_which_rule_found_it() -> None:
    found = reading(FACT_SHEET, "")
    text = found.text.text
    for act in found.acts:
        sentence = found.sentences[act.sentence - 1]
        assert sentence.start <= act.span.start < act.span.end <= sentence.end
        assert all(act.rules)
    first = found.commitments()[0]
    assert text[first.span.start : first.span.end].startswith("suspend its export controls")
    assert first.rules[0].startswith("list") or "verb: suspend" in first.rules[0]


def test_an_article_of_hopes_holds_no_commitment_but_every_lever_both_sides_and_each_hedge() -> None:
    found = reading(ARTICLE, "")
    assert found.commitments() == ()
    named = {name for mention in found.levers for name in mention.value.split(";")}
    assert set(NAMED_LEVERS) <= named
    assert set(found.names.values()) == {"CHN", "USA"}
    hedges = [found.text.text[m.start : m.end].lower() for m in found.hedges]
    assert hedges == [
        "would",
        "hope",
        "could",
        "might",
        "would",
        "perhaps",
        "may",
        "confident",
        "optimistic",
        "could",
    ]
    assert {(win.party, win.sign, win.claimed_by) for win in found.wins} == {
        ("USA", 1, "USA"),
        ("CHN", 1, "CHN"),
    }


def test_claims_of_the_article_are_told_by_kind() -> None:
    found = reading(ARTICLE, "")
    kinds = {act.act for act in found.claims()}
    assert {"claim_about_other", "hope", "opinion"} <= kinds
    assert "promise" not in kinds


def test_the_same_text_gives_the_same_reading() -> None:
    assert reading(FACT_SHEET) == reading(FACT_SHEET)


def test_a_party_that_is_no_party_commits_to_nothing() -> None:
    act = one("The cooperative will suspend export controls and invest $3 million.")
    assert (act.actors, act.concrete) == ((), False)


def test_names_are_those_of_the_tables() -> None:
    lexicon = load_lexicon()
    assert lexicon.roles["MOFCOM"].party == "CHN"
    assert [m.value for m in lexicon.levers.find("a Price Floor and export\ncontrols")] == [
        "price_floor",
        "export_control",
    ]
    assert [m.value for m in lexicon.materials.find("Dy is not dy, dysprosium is")] == ["Dy", "Dy"]
