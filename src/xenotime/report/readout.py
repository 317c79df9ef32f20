"""What was read in a text as one JSON document: flat tables, each row with its place and its rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from xenotime.report.envelope import Row, envelope
from xenotime.talks.reader.confirm import Confirmation
from xenotime.talks.reader.found import Act, Reading, Span
from xenotime.talks.reader.lexicon import Lexicon, Mention
from xenotime.talks.reader.subjects import PAIR
from xenotime.talks.reader.weigh import Tone, Weight

LONGEST = 300  # characters of a quotation


def read_document(
    reading: Reading,
    lexicon: Lexicon,
    confirmed: Sequence[Confirmation],
    weights: Sequence[Weight],
    tone: Tone,
    others: Sequence[str] = (),
) -> Row:
    """The document of kind ``read``.

    confirmed : one for each commitment where a second text was given, else empty
    others : names of the texts it was held against
    """
    data: Row = {
        "text": {
            "name": reading.text.name,
            "form": reading.text.form,
            "characters": len(reading.text.text),
            "date": reading.text.date,
            "dated_by": reading.text.dated_by,
            "speaker": reading.text.speaker,
            "held_against": ";".join(others),
        },
        "commitments": list(_commitments(reading, confirmed)),
        "claims": [_act_row(reading, act) | {"act": _sentence_of(reading, act)} for act in reading.claims()],
        "levers": list(_levers(reading, lexicon)),
        "parties": list(_parties(reading, lexicon)),
        "materials": list(_counted(reading, reading.materials, "material")),
        "hedges": [
            {
                "kind": m.rule.partition(":")[0],
                **_mention(reading, m),
                "sentence": _sentence_at(reading, m.start),
            }
            for m in reading.hedges
        ],
        "wins": [
            {
                "party": win.party,
                "direction": "gains" if win.sign > 0 else "loses",
                "claimed_by": win.claimed_by,
                "hedged": win.hedged,
                "sentence": win.sentence,
                "start": win.start,
                "end": win.end,
                "quote": _words(reading, win.start, win.end),
                "rule": win.rule,
            }
            for win in reading.wins
        ],
        "sentences": [
            {
                "sentence": s.number,
                "start": s.start,
                "end": s.end,
                "text": _words(reading, s.start, s.end, None),
            }
            for s in reading.sentences
        ],
        "tone": [{"tone": tone.tone, "count": tone.count, "weight": tone.weight, "unit": "-1 to 1"}],
        "belief": [_weight_row(reading, item) for item in weights],
    }
    return envelope("read", _fingerprint(reading), data, list(_warnings(reading)))


def _fingerprint(reading: Reading) -> str:
    return hashlib.sha256(f"{reading.text.date}\n{reading.text.text}".encode()).hexdigest()


def _words(reading: Reading, start: int, end: int, most: int | None = LONGEST) -> str:
    text = " ".join(reading.text.text[start:end].split())
    return text if most is None or len(text) <= most else text[: most - 1].rstrip() + "\u2026"


def _sentence_of(reading: Reading, act: Act) -> str:
    sentence = reading.sentences[act.sentence - 1]
    return _words(reading, sentence.start, sentence.end)


def _sentence_at(reading: Reading, place: int) -> int:
    return next((s.number for s in reading.sentences if s.start <= place < s.end), 0)


def _mention(reading: Reading, mention: Mention) -> Row:
    return {
        "start": mention.start,
        "end": mention.end,
        "quote": _words(reading, mention.start, mention.end),
        "rule": mention.rule,
    }


def _quoted(reading: Reading, spans: Iterable[Span]) -> str:
    return "; ".join(_words(reading, span.start, span.end) for span in spans)


def _act_row(reading: Reading, act: Act) -> Row:
    amount = act.amount
    return {
        "actor": ";".join(act.actors),
        "side": ";".join(dict.fromkeys(reading.names.get(name, name) for name in act.actors)),
        "act": ("not: " if act.negated else "")
        + _words(reading, act.span.start, act.span.end).rstrip(" .,;:"),
        "kind": act.act,
        "action": act.action,
        "date": reading.text.date,
        "counterpart": ";".join(act.counterparts),
        "said_by": act.said_by,
        "lever": ";".join(act.levers),
        "material": ";".join(act.materials),
        "amount": amount.value if amount is not None else None,
        "unit": amount.unit if amount is not None else "",
        "bound": amount.bound if amount is not None else "",
        "deadline": act.deadline,
        "begins": act.begins,
        "ends": act.ends,
        "condition": _quoted(reading, act.conditions),
        "mechanism": _quoted(reading, act.mechanisms),
        "funding": _quoted(reading, act.funding),
        "modality": act.modality,
        "negated": act.negated,
        "direction": act.direction,
        "sentence": act.sentence,
        "start": act.span.start,
        "end": act.span.end,
        "amount_start": amount.start if amount is not None else None,
        "amount_end": amount.end if amount is not None else None,
        "deadline_start": act.when.start if act.when is not None else None,
        "deadline_end": act.when.end if act.when is not None else None,
        "rule": " | ".join(act.rules),
    }


def _commitments(reading: Reading, confirmed: Sequence[Confirmation]) -> Iterator[Row]:
    for number, act in enumerate(reading.commitments()):
        row = _act_row(reading, act)
        reply = confirmed[number] if confirmed else None
        yield row | {
            "confirmed": reply.status if reply is not None else "not asked",
            "confirmed_why": reply.why if reply is not None else "no second text was given",
            "confirmed_start": reply.act.span.start if reply is not None and reply.act is not None else None,
            "confirmed_end": reply.act.span.end if reply is not None and reply.act is not None else None,
        }


def _levers(reading: Reading, lexicon: Lexicon) -> Iterator[Row]:
    """Levers by name in order of their first mention, with who is named beside them and how they are put."""
    found: dict[str, list[Mention]] = {}
    for mention in reading.levers:
        for name in mention.value.split(";"):
            found.setdefault(name, []).append(mention)
    for name, mentions in found.items():
        numbers = {_sentence_at(reading, m.start) for m in mentions}
        acts = [act for act in reading.acts if act.sentence in numbers]
        parties = {
            reading.names[lexicon.roles[m.value].party]
            for m in reading.parties
            if _sentence_at(reading, m.start) in numbers and lexicon.roles[m.value].party in reading.names
        }
        yield {
            "lever": name,
            "times": len(mentions),
            "parties": ";".join(sorted(parties)),
            "committed": any(act.concrete and name in act.levers for act in acts),
            "modality": ";".join(dict.fromkeys(act.modality for act in acts)),
            **_mention(reading, mentions[0]),
        }


def _parties(reading: Reading, lexicon: Lexicon) -> Iterator[Row]:
    found: dict[str, list[Mention]] = {}
    for mention in reading.parties:
        name = lexicon.roles[mention.value].party
        if name != PAIR:
            found.setdefault(name, []).append(mention)
    for name, mentions in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        row = lexicon.roles[mentions[0].value]
        yield {
            "party": name,
            "side": row.side or name,
            "role": "firm" if row.role == "firm" else "state",
            "times": len(mentions),
            **_mention(reading, mentions[0]),
        }


def _counted(reading: Reading, mentions: Sequence[Mention], what: str) -> Iterator[Row]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        for name in mention.value.split(";"):
            found.setdefault(name, []).append(mention)
    for name, group in found.items():
        yield {what: name, "times": len(group), **_mention(reading, group[0])}


def _weight_row(reading: Reading, item: Weight) -> Row:
    act = reading.acts[item.act_number]
    return {
        "sentence": act.sentence,
        "start": act.span.start,
        "end": act.span.end,
        "act": act.act,
        "coded_as": item.kind,
        "speaker": item.speaker,
        "direction": item.direction,
        "concreteness": item.concreteness,
        "chance": item.chance,
        "base": item.base,
        "likelihood_ratio": item.ratio,
        "reason": item.reason,
    }


def _warnings(reading: Reading) -> Iterator[str]:
    if not reading.text.date:
        yield (
            "the text is not dated: days without a year and spells such as 'within 30 days' are left open; "
            "give --date, which the ledger needs too"
        )
    if len(reading.sentences) < 2:
        yield "the text is one sentence: who speaks and what goes before is not known"
