"""The command of the workbench."""

from __future__ import annotations

from typing import Annotated

import typer

from xenotime.console import say
from xenotime.errors import one_problem


def serve(
    host: Annotated[
        str, typer.Option(help="address to listen on; any but this machine's own needs --token")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(help="port to listen on", min=1, max=65535)] = 8765,
    token: Annotated[str, typer.Option(help="what a visitor must know, 16 characters or more")] = "",
    store: Annotated[str, typer.Option(help="folder of what is uploaded and found; kept when it stops")] = "",
    workers: Annotated[int, typer.Option(help="jobs beside each other; 0 is half the cores", min=0)] = 0,
) -> None:
    """The workbench: everything in a browser, on this machine, without a network."""
    try:
        import fastapi  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise one_problem(
            "not-installed", "serve", f"no {error.name}", "the extra `web`", "install xenotime[web]"
        ) from error
    from xenotime.web.app import make_app
    from xenotime.web.settings import make_settings

    settings = make_settings(host, port, token, store, workers)
    said = f"http://{host}:{port}/" + (f"?token={token}" if token else "")
    console = say()
    console.print(f"the workbench opens at {said}", highlight=False, soft_wrap=True)
    console.print(f"what you bring and find is kept in {settings.store}; stop with Ctrl-C", soft_wrap=True)
    # No header of ours names the server, and no client's name is taken from a header.
    uvicorn.run(
        make_app(settings),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )


def register(app: typer.Typer) -> None:
    """Make the command of this module a command of `app`."""
    app.command()(serve)
