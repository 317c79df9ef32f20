"""What every test can rely on: how many examples are generated, and where the browser is."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

# `make test` must give the same answer twice, so its examples are derived from the test and not from chance;
# `make test-all` searches afresh each time. Solves vary with the machine's load, so no deadline.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=300)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of an installed browser; a missing one is a failure with its remedy, not a skipped test."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path is not None:
            return path
    pytest.fail(
        f"no browser found (looked for {', '.join(BROWSERS)}); install chromium, then run `make test` again"
    )
