"""The preview: a site built beside its sources, served, and built again after every save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explainer.serve.reviewing import REVIEW
from explainer.serve.server import PreviewServer

__all__ = ["PreviewServer", "serve"]


def serve(
    config_root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
    say: Callable[[str], None],
    review: str | None = None,
) -> None:
    """Serve the site in `config_root` until Ctrl-C.

    Args:
        config_root: The folder that holds explainer.yaml.
        host: The address to listen on; any but a loopback one is warned of.
        port: The first to try; 0 leaves the choice to the system.
        open_browser: Show the site in the user's browser once it is built.
        say: Takes one line at a time, in the thread that called.
        review: Open the review page of this article, or of the list of all if empty.

    Raises:
        ConfigError: The host or the port can't be listened on.
    """
    wanted = None if review is None else True
    server = PreviewServer(config_root, host=host, port=port, say=say, review=wanted)
    address = "" if review is None else f"{REVIEW}{review}"
    try:
        server.run(open_browser=open_browser, address=address)
    except KeyboardInterrupt:
        return
