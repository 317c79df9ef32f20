"""Days and deadlines: what is written, with the word that leads to it, and the day it means."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = "january february march april may june july august september october november december".split()
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_YEAR = r"(?:19|20)\d{2}"
_COUNT = (
    r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|eighteen|thirty|sixty|ninety)"
)
_NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
) | {"a": 1, "an": 1, "eighteen": 18, "thirty": 30, "sixty": 60, "ninety": 90}
_DUE = r"(?:by|no later than|not later than|before|prior to|due(?: by| on)?|on or before)"
_START = (
    r"(?:effective(?: immediately)?(?: as of| from| on)?"
    r"|starting(?: from| on| in)?|beginning(?: on| in)?|as of"
    r"|commencing(?: on)?|with effect from|from)"
)
_END = r"(?:until|till|through|valid until|expiring(?: on)?|to)"
_LEAD = rf"(?:(?P<due>{_DUE})|(?P<begin>{_START})|(?P<end>{_END})|(?P<at>in|on|at|for|during))"
_POINT = (
    rf"(?P<iso>{_YEAR}-\d{{2}}-\d{{2}})"
    rf"|(?P<mdy>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?)(?!\d)"
    rf"|(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{_YEAR})?)"
    rf"|(?P<quarter>(?:the\s+)?(?:Q[1-4]|(?:first|second|third"
    rf"|fourth)\s+quarter)(?:\s+of)?\s+(?:{_YEAR}|this year|next year))"
    rf"|(?P<half>(?:the\s+)?(?:H[12]|(?:first|second)\s+half)(?:\s+of)?\s+(?:{_YEAR}|this year|next year))"
    rf"|(?P<endof>(?:the\s+)?(?:year[-\s]end"
    rf"|end[-\s](?:of\s+)?(?:the\s+)?(?:{_YEAR}|this year|next year|the year|year)"
    rf"|end[-\s](?:of\s+)?{_MONTH}(?:\s+{_YEAR})?))"
    rf"|(?P<part>(?:early|mid|late)[-\s](?:{_YEAR}|this year|next year))"
    rf"|(?P<my>{_MONTH}\s+{_YEAR})"
    rf"|(?P<feast>Thanksgiving)"
    rf"|(?P<each>each\s+of\s+{_YEAR}(?:,?\s+(?:and\s+)?{_YEAR})+)"
    rf"|(?P<span>(?:the\s+)?(?:first|last|final)\s+\w+\s+(?:months|weeks|quarters)\s+of\s+{_YEAR})"
    rf"|(?P<year>(?:the\s+)?(?:{_YEAR}(?:\s+calendar\s+year)?|this year|next year)(?![\d-]))"
)
_DATED = re.compile(rf"\b(?:{_LEAD}\s+(?:\()?(?:the\s+)?)?(?:{_POINT})", re.IGNORECASE)
_SPAN = re.compile(
    rf"\b(?P<how>within(?: the next| the coming)?|over the (?:next"
    rf"|coming)|in the (?:next|coming)|for the next|inside)"
    rf"(?:\s+(?:the\s+)?(?:next\s+)?)(?P<count>{_COUNT})[\s-]+(?P<unit>days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
# What a date behind these words tells is when something else was, not when this is due.
_PAST = re.compile(
    r"\b(?:announced|imposed|issued|dated|signed|published|released|introduced|implemented|expire|instated|of"
    r"|established|founded|taken|were|was)\s+(?:on|in|from|since)?\s*$",
    re.IGNORECASE,
)
DUE, BEGIN, END, SPELL, NONE = "due", "start", "end", "within", ""


@dataclass(frozen=True, slots=True)
class When:
    """A day or time as written.

    Attributes
    ----------
    start, end : place in the text, the leading word included
    lead : ``due``, ``start``, ``end``, ``within`` or blank for a date that leads nowhere
    day : YYYY-MM-DD it means; blank where it hangs on a day the text is not dated by
    rule : what found it
    """

    start: int
    end: int
    lead: str
    day: str
    rule: str


def find_dates(text: str, dated: str) -> tuple[When, ...]:
    """Dates of a plain text in order; those without a year, and spells, count from `dated` (or are blank)."""
    today = date.fromisoformat(dated) if dated else None
    found = [*_spans(text, today), *_points(text, today)]
    kept: list[When] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _spans(text: str, today: date | None) -> Iterator[When]:
    for match in _SPAN.finditer(text):
        word = match["count"].lower()
        count = int(word) if word.isdigit() else _NUMBERS[word]
        lead = END if match["how"].lower() == "for the next" else SPELL
        day = _later(today, count, match["unit"].lower()).isoformat() if today else ""
        yield When(
            match.start(), match.end(), lead, day, f"date: {match['how'].lower()} {match['unit'].lower()}"
        )


def _later(day: date, count: int, unit: str) -> date:
    if unit.startswith("day"):
        return day + timedelta(days=count)
    if unit.startswith("week"):
        return day + timedelta(weeks=count)
    months = count * (12 if unit.startswith("year") else 1)
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _points(text: str, today: date | None) -> Iterator[When]:
    for match in _DATED.finditer(text):
        kind = next(name for name in _KINDS if match[name])
        lead = DUE if match["due"] else BEGIN if match["begin"] else END if match["end"] else NONE
        if not lead and match["at"] and kind not in ("mdy", "dmy", "iso", "my"):
            lead = DUE  # in 2026, in early 2026, for the second half: due by its end
        if _PAST.search(text[max(0, match.start() - 24) : match.start()]):
            lead = NONE
        day = _KINDS[kind](match[kind].lower(), today, lead == BEGIN)
        yield When(match.start(), match.end(), lead, day, f"date: {kind}")


def _day(text: str, today: date | None, first: bool) -> str:
    name = re.search(r"[a-z]{3}", re.sub(r"\d+(?:st|nd|rd|th)", lambda m: m.group()[:-2], text))
    number = re.search(r"\b\d{1,2}(?!\d)", text)
    year = re.search(_YEAR, text)
    if name is None or number is None:
        return ""
    month = next(at for at, full in enumerate(MONTHS, 1) if full.startswith(name.group()))
    if year is None and today is None:
        return ""
    of = int(year.group()) if year is not None else today.year if today is not None else 0
    try:
        found = date(of, month, int(number.group()))
    except ValueError:
        return ""  # no such day in the calendar, so no date
    if year is None and today is not None and found < today - timedelta(days=60):
        found = found.replace(year=of + 1)
    return found.isoformat()


def _iso(text: str, today: date | None, first: bool) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _of_year(text: str, today: date | None) -> int | None:
    year = re.search(_YEAR, text)
    if year is not None:
        return int(year.group())
    return None if today is None else today.year + ("next year" in text)


def _months(year: int | None, first: int, last: int, begin: bool) -> str:
    if year is None:
        return ""
    if begin:
        return date(year, first, 1).isoformat()
    return date(year, last, monthrange(year, last)[1]).isoformat()


def _quarter(text: str, today: date | None, first: bool) -> str:
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    number = next((n for word, n in names.items() if word in text), 0)
    if not number:
        found = re.search(r"q([1-4])", text)
        number = int(found[1]) if found is not None else 1
    return _months(_of_year(text, today), 3 * number - 2, 3 * number, first)


def _half(text: str, today: date | None, first: bool) -> str:
    second = "second" in text or "h2" in text
    return _months(_of_year(text, today), 7 if second else 1, 12 if second else 6, first)


def _month_of(text: str) -> int | None:
    found = re.search(r"\b(?:end[-\s](?:of\s+)?)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", text)
    return None if found is None else next(n for n, m in enumerate(MONTHS, 1) if m.startswith(found[1]))


def _end_of(text: str, today: date | None, first: bool) -> str:
    month = _month_of(text)
    return _months(_of_year(text, today), month or 12, month or 12, False)


def _part(text: str, today: date | None, first: bool) -> str:
    last = 4 if text.startswith("early") else 6 if text.startswith("mid") else 12
    return _months(_of_year(text, today), {4: 1, 6: 5, 12: 9}[last], last, first)


def _month_year(text: str, today: date | None, first: bool) -> str:
    month = _month_of(text)
    return _months(_of_year(text, today), month or 1, month or 12, first)


def _last_year(text: str, today: date | None, first: bool) -> str:
    """In each of several years: through the last of them."""
    years = [int(year) for year in re.findall(_YEAR, text)]
    return _months(years[0] if first else years[-1], 1, 12, first)


def _whole_year(text: str, today: date | None, first: bool) -> str:
    return _months(_of_year(text, today), 1, 12, first)


def _feast(text: str, today: date | None, first: bool) -> str:
    """Thanksgiving: the fourth Thursday of November."""
    if today is None:
        return ""
    start = date(today.year, 11, 1)
    return (start + timedelta(days=(3 - start.weekday()) % 7 + 21)).isoformat()


_KINDS = {
    "iso": _iso,
    "mdy": _day,
    "dmy": _day,
    "quarter": _quarter,
    "half": _half,
    "endof": _end_of,
    "part": _part,
    "my": _month_year,
    "feast": _feast,
    "each": _last_year,
    "span": _whole_year,
    "year": _whole_year,
}
