"""What forms of several pages share: cases to tick, ways to choose, what was sent, faults of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData, QueryParams, UploadFile

from xenotime.errors import Problem
from xenotime.policy.case import case_names, load_case
from xenotime.report.markup import Html, joined, tag
from xenotime.web.desk import shown_name
from xenotime.web.fields import area
from xenotime.web.jobs import Job


def words_list(name: str, options: Iterable[tuple[str, str]]) -> Html:
    """Values that a field with this list offers while somebody types."""
    return tag("datalist", *(tag("option", words, value=value) for value, words in options), id=name)


def cases(chosen: Sequence[str], extra: Iterable[tuple[str, str]] = ()) -> Html:
    """Cases to tick: those that are shipped, and others with their words."""
    offered = [*((name, load_case(name).data.title) for name in case_names()), *extra]
    boxes = [
        tag(
            "label",
            tag("input", type="checkbox", name="case", value=name, **when(name in chosen, "checked")),
            tag("span", f" {title} ", tag("small", name)),
        )
        for name, title in offered
    ]
    return tag("fieldset", tag("legend", "Cases"), *boxes, class_="ticks")


def earlier(jobs: Iterable[Job]) -> list[Html]:
    """Earlier questions of a page, folded away; nothing where there is none."""
    links = [tag("li", tag("a", job.title, href=f"/jobs/{job.job}"), f" ({job.state})") for job in jobs]
    if not links:
        return []
    return [tag("details", tag("summary", "Your earlier questions"), tag("ul", *links), class_="more")]


def way(said: Mapping[str, str], name: str, label: str, inside: Html) -> Html:
    """One of several ways to say a thing: a choice, and below it what it needs."""
    chosen = when(said.get("from") == name, "checked")
    return tag(
        "div",
        tag("label", tag("input", type="radio", name="from", value=name, **chosen), f" {label}"),
        tag("div", inside, class_="inside"),
        class_="way",
    )


def when(holds: bool, name: str) -> dict[str, str]:
    """An attribute that is there or not."""
    return {name: ""} if holds else {}


FILE = "file"  # the way that brings a text of the visitor's own


def own_file(said: Mapping[str, str], label: str, limit: int, template: str, note: str) -> Html:
    """A text to write or a file to bring, and a template to start from; `limit` in bytes."""
    text = said.get("text", "")
    return joined(
        [
            area("text", label, text, rows="18", spellcheck="false", class_="code"),
            tag(
                "label",
                f"Or a file (up to {size_words(limit)}), which takes the place of the text ",
                tag("input", type="file", name="file", accept=".toml"),
            ),
            tag("p", tag("a", "Template", href=template, download=""), f". {note}", class_="note"),
        ]
    )


def with_file(form: Sent, ours: str, limit: int, problems: list[Problem]) -> tuple[dict[str, str], str]:
    """Fields of a form whose text a file may take the place of, and the visitor's name of it.

    ours : its name where none was brought;  limit : bytes of a file
    """
    said = form.said | {"text": form.said.get("text", "").replace("\r\n", "\n")}  # browsers send both signs
    if "file" not in form.files:
        return said, ours
    name, data = shown_name(form.files["file"][0]), form.files["file"][1]
    faults = too_large(name, data, limit)
    problems += faults
    text = utf8(name, data, problems) if not faults else None
    return (said | {"from": FILE, "text": text} if text is not None else said), name


def texts(form: FormData | QueryParams) -> dict[str, str]:
    """Fields that hold text, by name; the last of a name."""
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


def many(form: FormData | QueryParams, name: str) -> list[str]:
    """All texts of a name, each once."""
    return list(dict.fromkeys(value for value in form.getlist(name) if isinstance(value, str) and value))


MOST_FIELDS = 20_000  # of a form: some two thousand rows


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought.

    said : its fields by name, the last of each;  cases : those that were ticked
    files : that were chosen, by the name of the field: the visitor's name of each and what it holds
    """

    said: dict[str, str]
    cases: list[str]
    files: dict[str, tuple[str, bytes]]


async def sent(request: Request) -> Sent:
    """Read a form whole; its files are closed again."""
    async with request.form(max_fields=MOST_FIELDS) as form:
        files = {
            name: (value.filename, await value.read())
            for name, value in form.multi_items()
            if isinstance(value, UploadFile) and value.filename
        }
        return Sent(texts(form), many(form, "case"), files)


def whole_of(
    said: Mapping[str, str], name: str, low: int, high: int, default: int, problems: list[Problem]
) -> int:
    """A whole number a form says; `default` where it says none or none that can be, which is a problem."""
    text = said.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
        problems.append(told("bad-value", name, repr(text[:40]), f"a whole number from {low} to {high}"))
        return default
    return int(text)


def known(
    said: Iterable[str], offered: Iterable[str], name: str, problems: list[Problem], remedy: str
) -> list[str]:
    """Those of `said` that are offered; the others are problems."""
    there = set(offered)
    found = list(said)
    problems += [
        told("unknown-name", name, repr(text[:40]), "one that is offered", remedy)
        for text in found
        if text not in there
    ]
    return [text for text in found if text in there]


def told(code: str, column: str, found: str, expected: str, remedy: str = "correct it") -> Problem:
    """A problem of a field of the form."""
    return Problem(code, "the form", None, column, found, expected, remedy)


def utf8(name: str, data: bytes, problems: list[Problem]) -> str | None:
    """Text of a file that was brought; None and a problem where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"bytes that are not UTF-8 at {error.start}"
        problems.append(
            Problem("wrong-encoding", name, None, "", found, "a UTF-8 text file", "save the file as UTF-8")
        )
        return None


def size_words(size: int) -> str:
    """Bytes in words."""
    return f"{size / (1 << 20):,.0f} MiB" if size >= 1 << 20 else f"{max(size // 1024, 1):,} KiB"


def too_large(name: str, data: bytes, most: int) -> list[Problem]:
    """A problem where a file is larger than it may be."""
    if len(data) <= most:
        return []
    found, expected = size_words(len(data)), f"at most {size_words(most)}"
    return [Problem("too-large", name, None, "", found, expected, "send less, or use the command line")]


def as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as a page tells them."""
    names = ("code", "file", "row", "column", "found", "expected", "remedy")
    return [{name: getattr(problem, name) for name in names} for problem in problems]
