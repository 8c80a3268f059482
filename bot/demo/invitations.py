"""`python -m bot.demo.invitations`: runs `alur invite` once for each list of words in the JSON on its standard input.

Nine commands of their own would spend most of the demo's time on reading their libraries; this one reads them while
the bot starts.
"""

import json
import sys

from bot.cli.app import application


def main() -> None:
    command = application(["invite"])
    for words in json.load(sys.stdin):
        command(["invite", *words], standalone_mode=False)


if __name__ == "__main__":
    main()
