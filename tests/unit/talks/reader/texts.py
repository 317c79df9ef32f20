"""Texts of ours for tests of the reader: a fact sheet, its echo by the other side, an article of hopes."""

from __future__ import annotations

from xenotime.talks.reader.found import Act, Reading
from xenotime.talks.reader.read import read
from xenotime.talks.reader.text import Text

FACT_SHEET = """Outcome of the talks
30 October 2025

The United States and China have concluded their talks.

China will take the following actions by 10 November 2025:
- suspend its export controls on gallium and germanium;
- purchase at least 12 million metric tons of U.S. soybeans by the end of 2025
  and at least 25 million metric tons in each of 2026, 2027, and 2028.

The United States will lower its tariffs on Chinese goods by 10 percentage points,
effective November 10, 2025, if China keeps its word.
A joint committee will be convened within 90 days.
"""

ECHO = """The Ministry of Commerce of China said on 31 October 2025 that the talks were useful.
China has suspended its export controls on gallium and germanium until 10 November 2026.
China will purchase 10 million tonnes of American soybeans.
"""

ARTICLE = """Two capitals, one quarrel over rare earths
15 May 2025

Washington and Beijing each came home from the talks claiming a win. The White House said American
manufacturers would come out ahead, and Chinese officials insisted that Beijing holds the stronger
hand for years to come.

Advisers in Washington hope to streamline permitting for mines and separation plants. They also
speak of investment incentives, which could follow later this year. A supply-chain resilience
programme might be part of it, one official suggested.

Some in Beijing would perhaps accept technology sharing, if investment screening were relaxed. Both
sides talked about strategic reserves. Environmental and labour standards may be added, analysts
believe.

Nobody has agreed to anything yet. "I am confident that China will do what is right," the Treasury
Secretary said, and he was optimistic that export controls on rare earths could be eased. Experts
doubt it.
"""

NAMED_LEVERS = (
    "permitting",
    "investment_incentives",
    "resilience_programme",
    "technology_sharing",
    "investment_screening",
    "reserves",
    "environmental_standards",
    "labour_standards",
)


def reading(text: str, date: str = "2025-11-01") -> Reading:
    """What is read in a text of this date; its own date where none is given."""
    return read(Text("text", "text", text, date, "given" if date else ""))


def one(sentence: str, date: str = "2025-11-01") -> Act:
    """The only act of a sentence."""
    (act,) = reading(sentence, date).acts
    return act


def told(act: Act) -> tuple[object, ...]:
    """Who, what, how much, by when."""
    amount = (act.amount.value, act.amount.unit) if act.amount is not None else None
    return ";".join(act.actors), act.action, amount, act.deadline
