"""Who asks: a visitor by a cookie nobody can guess, who has shown the token where one is asked for."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from fastapi import Request
from starlette.responses import Response

COOKIE, KEY = "xenotime", "xenotime-key"
MADE = re.compile(r"[A-Za-z0-9_-]{43}")
YEAR = 365 * 24 * 3600


def owner_of(request: Request) -> str:
    """Name of a visitor's folder: of a hash, so that who reads the disk cannot take a visitor's place."""
    return hashlib.sha256(str(request.state.visitor).encode()).hexdigest()[:32]


def visitor_of(request: Request) -> tuple[str, bool]:
    """The visitor's cookie, and whether it is new."""
    found = request.cookies.get(COOKIE, "")
    return (found, False) if MADE.fullmatch(found) else (secrets.token_urlsafe(32), True)


def remember(response: Response, visitor: str) -> None:
    """Give a visitor his cookie: no script reads it, and no other site's form sends it."""
    response.set_cookie(COOKIE, visitor, max_age=YEAR, httponly=True, samesite="lax")


def knows(request: Request, token: str) -> bool:
    """Whether the request shows the token: as bearer, or as the cookie given for it."""
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and same(bearer.strip(), token):
        return True
    return same(request.cookies.get(KEY, ""), key_of(token))


def key_of(token: str) -> str:
    """What a browser keeps instead of the token."""
    return hashlib.sha256(f"xenotime workbench {token}".encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare without telling by time how far they agree."""
    return hmac.compare_digest(one.encode(), other.encode())


def let_in(response: Response, token: str) -> None:
    """Give a browser that showed the token the cookie for it."""
    response.set_cookie(KEY, key_of(token), httponly=True, samesite="lax")
