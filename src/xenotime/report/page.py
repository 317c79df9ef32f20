"""The frame of the page: policy, style, data blocks, scripts."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib import resources

from plotly.offline import get_plotlyjs

from xenotime.report.markup import Html, in_block, joined, tag
from xenotime.report.pictures import Picture


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds, in whatever frame: its title, its body, and the figures drawn in the body."""

    title: str
    body: Html
    pictures: tuple[Picture, ...]

    def payloads(self) -> Html:
        """Figures as data blocks, which the script of the page reads."""
        return joined(
            tag("script", in_block(made.payload), type="application/json", id=f"figure-{made.name}")
            for made in self.pictures
        )


def asset(name: str) -> str:
    """Text of a style or script that ships beside this module."""
    return (resources.files("xenotime.report") / name).read_text(encoding="utf-8")


def whole_page(content: Content) -> str:
    """The content as one file, which opens from disk; without figures it needs no library."""
    library = (get_plotlyjs(),) if content.pictures else ()
    return page(
        title=content.title,
        body=content.body,
        payloads=content.payloads(),
        style=asset("page.css"),
        scripts=(*library, asset("page.js")),
    )


def page(*, title: str, body: Html, payloads: Html, style: str, scripts: tuple[str, ...]) -> str:
    """A whole HTML page.

    Its content policy admits exactly the given scripts (by hash) and no address at all, so neither
    text from data nor a library can run code or reach the network.
    """
    texts = [_in_script(script) for script in scripts]
    policy = (
        "default-src 'none'; "
        f"script-src {' '.join(_hash(text) for text in texts)}; "
        "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    head = joined(
        [
            Html('<meta charset="utf-8">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<link rel="icon" href="data:,">'),
            tag("title", f"{title} - xenotime"),
            Html(f"<style>{style}</style>"),
        ]
    )
    runs = joined(Html(f"<script>{text}</script>") for text in texts)
    head_and_body = f"<head>{head}</head>\n<body>{body}\n{payloads}\n{runs}</body>"
    return f'<!DOCTYPE html>\n<html lang="en">\n{head_and_body}\n</html>\n'


def _in_script(script: str) -> str:
    """Script text as the browser will see and hash it: line ends normalised, no early end tag."""
    return script.replace("\r\n", "\n").replace("\r", "\n").replace("</script", "<\\/script")


def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
