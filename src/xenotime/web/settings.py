"""How a workbench is served: where it listens, who may come in, what it keeps and how much."""

from __future__ import annotations

import ipaddress
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from xenotime.beside import cores
from xenotime.errors import one_problem

PORT = 8765
SHORTEST_TOKEN = 16  # characters: what cannot be guessed over a network in a lifetime
MEBIBYTE = 1 << 20
LONGEST_NAME = 80  # characters of a file's name that are shown


@dataclass(frozen=True, slots=True)
class Limits:
    """What one visitor may bring and begin.

    bill, file, text : bytes of a bill of materials, of a small file, of a form without files
    waiting : jobs that are not done;  kept : jobs in all
    """

    bill: int = 96 * MEBIBYTE
    file: int = 1 * MEBIBYTE
    text: int = MEBIBYTE // 4
    waiting: int = 8
    kept: int = 60


@dataclass(frozen=True, slots=True)
class Settings:
    """A workbench.

    store : folder of all that visitors bring and jobs make
    host, port : where it listens;  token : what a visitor must know, blank on loopback alone
    workers : jobs that run beside each other
    warm : whether a worker waits with the shipped world loaded
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = PORT
    token: str = ""
    workers: int = 1
    limits: Limits = Limits()
    warm: bool = True


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def default_store() -> Path:
    """Where a user's programs keep their data."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "xenotime" / "workbench"


def make_settings(
    host: str = "127.0.0.1", port: int = PORT, token: str = "", store: str = "", workers: int = 0
) -> Settings:
    """Settings as asked; raises InputProblems for an open door: an outer address without a token."""
    if token and len(token) < SHORTEST_TOKEN:
        raise one_problem(
            "short-token",
            "--token",
            f"{len(token)} characters",
            f"at least {SHORTEST_TOKEN}",
            f"take one nobody can guess, such as {secrets.token_urlsafe(18)}",
        )
    if not token and not is_loopback(host):
        raise one_problem(
            "no-token",
            "--host",
            f"{host}, which other machines can reach, and no token",
            "a token that visitors must know, or an address of this machine alone",
            f"add --token {secrets.token_urlsafe(18)}, or leave --host out",
        )
    place = Path(store) if store else default_store()
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        (place / ".writable").touch()
    except OSError as error:
        raise one_problem(
            "cannot-write", str(place), str(error.strerror), "a folder that can be written", "give --store"
        ) from error
    return Settings(place, host, port, token, workers or max(1, cores() // 2))
