"""`python -m bot.rehearsal.child_bot run`: `alur run`, which ends with whoever started it, even where that one was killed.

Its standard input is a pipe that nobody writes to; the kernel closes it when the other end is gone. Without this a bot
would be left behind that asks a Telegram which is no more, and works on the folder that the next demo continues.
"""

import os
import signal
import threading

from bot.cli.app import main

STDIN = 0


def _follow() -> None:
    os.read(STDIN, 1)  # not through sys.stdin, whose lock would then be held when the interpreter ends
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_follow, daemon=True).start()
    main()
