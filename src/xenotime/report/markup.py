"""HTML built so that text can not become markup: a plain `str` is escaped, only `Html` is not."""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

VOID = frozenset(("br", "img", "input", "link", "meta"))  # elements that hold nothing and are not ended


class Html(str):
    """Text that is already markup."""

    __slots__ = ()


def markup(part: str) -> Html:
    """`part` as it may stand in a page."""
    return part if isinstance(part, Html) else Html(html.escape(part, quote=True))


def joined(parts: Iterable[str]) -> Html:
    """Parts one after the other."""
    return Html("".join(markup(part) for part in parts))


def tag(name: str, /, *children: str, **attributes: str) -> Html:
    """An element; attribute ``class_`` stands for ``class`` and ``data_key`` for ``data-key``."""
    text = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value, quote=True)}"'
        for key, value in attributes.items()
    )
    if name in VOID:
        return Html(f"<{name}{text}>")
    return Html(f"<{name}{text}>{joined(children)}</{name}>")


def link(address: str) -> Html:
    """A link to a web address; any other scheme is shown as text, because it could run code."""
    if urlsplit(address).scheme in ("http", "https"):
        return tag("a", address, href=address, rel="noreferrer noopener")
    return markup(address)


def in_block(json_text: str) -> Html:
    """JSON as it may stand in a data block: no text in it can end the block."""
    return Html(json_text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def table(header: Iterable[str], rows: Iterable[Iterable[str]], *, numbers: Collection[int] = ()) -> Html:
    """A table whose columns `numbers` are set to the right; it scrolls sideways when narrow."""

    def kind(number: int) -> dict[str, str]:
        return {"class_": "figure"} if number in numbers else {}

    head = tag("tr", *(tag("th", name, scope="col", **kind(number)) for number, name in enumerate(header)))
    body = joined(
        tag("tr", *(tag("td", cell, **kind(number)) for number, cell in enumerate(row))) for row in rows
    )
    return tag("div", tag("table", tag("thead", head), tag("tbody", body)), class_="scroll")
