"""`python -m bot.rehearsal.invitations`: links as `alur invite` makes them, for each person in the JSON on its standard input.

A process of its own, so that its libraries are read while the bot starts; it knows nothing of whom it will invite.
"""

import asyncio
import json
import sys

from alur.workflow.office.joining import Invite
from bot.cli.invite import links
from bot.settings import read_settings


def main() -> None:
    invitations = [Invite(**person, also=True) for person in json.load(sys.stdin)]  # a second analyst may join
    for link in asyncio.run(links(read_settings(needs_token=True), invitations)):
        print(link)  # noqa: T201 - read by `sandbox`


if __name__ == "__main__":
    main()
