"""The command that makes of any document a brief to send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xenotime.console import say


def brief(
    document: Annotated[str, typer.Argument(help="a file that --json has written")],
    out: Annotated[str, typer.Option(help="write the one-file HTML brief here")],
) -> None:
    """Two or three pages to send: question, five sentences with ranges, pictures, what would change it."""
    from xenotime.report.short import read_document, write_brief

    path = write_brief(read_document(document), Path(out))
    say().print(f"a brief to send or print: {path}", highlight=False, markup=False, soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Make the command of this module a command of `app`."""
    app.command()(brief)
