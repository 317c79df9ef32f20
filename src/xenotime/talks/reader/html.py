"""The text of an HTML page: blocks on lines of their own, nothing that is not shown, no markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    "p div section article li ul ol h1 h2 h3 h4 h5 h6 tr table br blockquote header main td th dd dt "
    "figcaption title".split()
)
HIDDEN = frozenset("script style noscript template svg head nav footer aside form button iframe".split())
DATES = ("article:published_time", "date", "dc.date", "dcterms.date", "pubdate", "datepublished")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Reader(HTMLParser):
    """Collects text and the date the page states; markup is data and is never run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.date = ""
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self._look_for_date(tag, known)
        if tag in HIDDEN:
            self._hidden.append(tag)
        if tag in BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:  # what was left open inside it ends with it
            while self._hidden.pop() != tag:
                pass
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _look_for_date(self, tag: str, known: dict[str, str]) -> None:
        if self.date:
            return
        name = (known.get("property") or known.get("name") or known.get("itemprop") or "").lower()
        stated = known.get("content", "") if tag == "meta" and name in DATES else ""
        if tag == "time":
            stated = known.get("datetime", "")
        day = _DAY.match(stated)
        if day is not None:
            self.date = day.group()


def html_text(page: str) -> tuple[str, str]:
    """Text of a page, one block a line and a blank line between blocks, and the day it states or blank."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return "\n\n".join(line for line in lines if line and line != "-"), reader.date
