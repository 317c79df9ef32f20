"""A form as a browser without scripts sends it: what stands in its fields, and what is ticked or chosen."""

from __future__ import annotations

from html.parser import HTMLParser


class Form(HTMLParser):
    """Fields of the form with an id.

    fields : pairs in the order of the page;  labels : those of fields that have one of their own
    """

    def __init__(self, text: str, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, False
        self.fields: list[tuple[str, str]] = []
        self.unlabelled: list[str] = []
        self._select, self._options, self._text, self._label = "", [], "", 0  # type: ignore[var-annotated]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("id") == self.form
        if not self.inside:
            return
        self._label += tag == "label"
        is_field = tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit")
        if is_field and not self._label and "aria-label" not in given:
            self.unlabelled.append(given.get("name", ""))
        if tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            if kind not in ("file", "submit") and (kind not in ("checkbox", "radio") or "checked" in given):
                self.fields.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self._select, self._options = given["name"], []
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._text = given["name"]
            self.fields.append((self._text, ""))

    def handle_data(self, data: str) -> None:
        if self._text and self.inside:
            name, before = self.fields[-1]
            self.fields[-1] = (name, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "label":
            self._label -= self.inside
        elif tag == "textarea":
            self._text, (name, text) = "", self.fields[-1]
            self.fields[-1] = (
                name,
                text.removeprefix("\n"),
            )  # as browsers do
        elif tag == "select" and self._select:
            chosen = [value for value, taken in self._options if taken] or [self._options[0][0]]
            self.fields.append((self._select, chosen[0]))
            self._select = ""

    def said(self) -> dict[str, list[str]]:
        """What is sent, by name."""
        found: dict[str, list[str]] = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        return found
