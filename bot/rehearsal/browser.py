"""Opens the page of a rehearsal in the browser, where there is one to be seen; never an error. `rehearsal` calls it."""

import os
import sys
import threading
import webbrowser
from collections.abc import Mapping
from contextlib import suppress


def show(url: str) -> None:
    """Without waiting: some browsers keep whoever calls them until they are closed."""
    if is_seen(os.environ, sys.platform):
        threading.Thread(target=_open, args=(url,), daemon=True).start()


def is_seen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether somebody sits before a screen: not in CI, and not on a Linux without a display, where Python would start a
    browser of text in the terminal.
    """
    has_display = bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
    return not environment.get("CI") and (has_display or platform in ("darwin", "win32"))


def _open(url: str) -> None:
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(url)
