"""Settings of Sphinx. Everything a page needs is in the site: no address of another machine is loaded."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from maker.listings import address_of  # the folder of the documentation is put on the path first
from maker.staging import SCHEME

project = "xenotime"
copyright = "the xenotime authors, CC-BY-4.0"  # the name Sphinx asks for
extensions = ["myst_parser"]
exclude_patterns = ["_build"]
root_doc = "index"
nitpicky = True
language = "en"
numfig = False

myst_heading_anchors = 4  # as a code host makes them, so that one link serves both
myst_url_schemes = {"http": None, "https": None, "mailto": None, SCHEME.rstrip(":"): None}
# Equations are shown as the docstrings write them, in Unicode; nothing here asks for MathJax.
myst_enable_extensions: list[str] = []

html_theme = "furo"
html_title = "xenotime"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
smartquotes = False  # texts are shown as they are written
html_theme_options = {"top_of_page_buttons": []}


def point_at_listings(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn links to files into links to their listings, seen from the page they are on."""
    here = app.builder.get_target_uri(docname)
    for node in doctree.findall(nodes.reference):
        address = node.get("refuri", "")
        if address.startswith(SCHEME):
            path, _, fragment = address.removeprefix(SCHEME).partition("#")
            target = relative_uri(here, address_of(path))
            node["refuri"] = f"{target}#{fragment}" if fragment else target


def setup(app: Sphinx) -> dict[str, Any]:
    """Join what is above to the build."""
    app.connect("doctree-resolved", point_at_listings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
