"""Files that pages link to - code, tables, cases - as pages with numbered lines, beside the site's own."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterable
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_for_filename
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

FOLDER = "files"
LONGEST = 400_000  # bytes of a file that is coloured; a longer one is shown plain
_SHELL = """<!doctype html> <html lang="en"><head><meta charset="utf-8"><meta name="viewport"
content="width=device-width, initial-scale=1"> <title>{name}</title><link rel="stylesheet"
href="{top}_static/listing.css"></head> <body><header><a href="{top}index.html">xenotime</a>
<span>{name}</span></header> <main>{body}</main></body></html> """


def address_of(path: str) -> str:
    """Where the listing of a file stands under the top of the site."""
    return f"{FOLDER}/{path}.html"


def write_listings(root: Path, site: Path, files: Iterable[str]) -> None:
    """One page for each of `files` (paths under `root`), and the sheet they share."""
    form = HtmlFormatter(linenos="inline", lineanchors="L", cssclass="listing", style="default")
    dark = HtmlFormatter(cssclass="listing", style="monokai")
    own = Path(__file__).with_name("listing.css").read_text(encoding="utf-8")
    sheet = f"{own}\n{form.get_style_defs('.listing')}\n@media (prefers-color-scheme: dark) {{\n"
    sheet += f"{dark.get_style_defs('.listing')}\n.listing {{ background: none }}\n}}\n"
    (site / "_static" / "listing.css").write_text(sheet, encoding="utf-8")
    for path in files:
        target = site / address_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        top = "../" * len(Path(address_of(path)).parts[:-1])
        body = highlight((root / path).read_text(encoding="utf-8"), _lexer(root / path), form)
        page = _SHELL.format(name=html.escape(posixpath.normpath(path)), top=top, body=body)
        target.write_text(page, encoding="utf-8")


def _lexer(path: Path) -> object:
    if path.stat().st_size > LONGEST:
        return TextLexer(stripnl=False)
    try:
        return get_lexer_for_filename(path.name, stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)
