"""How records show themselves in a notebook without knowing how they are told.

A record derives from :class:`Displayed`; whoever stands above the reports says once, by :func:`show_with`,
what a record is shown as.  Where nobody has, a notebook falls back on its plain text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Printer(Protocol):
    """What a notebook prints plain text with."""

    def text(self, text: str) -> None:
        """Print `text`."""


Show = Callable[[object], tuple[str, str]]  # of a record: its HTML, and one line of text
_SHOWN_BY: dict[str, Show] = {}


def show_with(show: Show) -> None:
    """Say what records are shown as, from now on."""
    _SHOWN_BY["notebook"] = show


class Displayed:
    """A record that shows itself in a notebook; its `repr` stays that of a record, for fingerprints."""

    __slots__ = ()

    def __init_subclass__(cls, **details: object) -> None:
        super().__init_subclass__(**details)
        # IPython prefers a class's own repr to this method of a class above it: each has it as its own.
        cls._repr_pretty_ = Displayed._repr_pretty_  # type: ignore[method-assign]

    def _repr_html_(self) -> str | None:
        show = _SHOWN_BY.get("notebook")
        return show(self)[0] if show is not None else None

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        """One line: the repr of a world is many megabytes, and a notebook would keep them."""
        show = _SHOWN_BY.get("notebook")
        printer.text(show(self)[1] if show is not None else f"<{type(self).__name__}>")
