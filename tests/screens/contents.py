"""`docs/screens/README.md`, which says of every picture what it shows; `python -m tests.screens` writes it."""

from tests.screens.kinds import CHAPTERS, Kind

TOGETHER = "phones.png"
HEAD = (
    "# The screens\n\n"
    "Every kind of screen of the bot, in the order of the SOP, at a phone's width. `make screenshots` plays the SOP on\n"
    "the simulator's page and makes these pictures and this page.\n\n"
    f"![The phones of a case in the middle of its way, side by side]({TOGETHER})\n"
)


def contents() -> str:
    chapters = (f"\n## {title}\n\n" + "\n".join(map(_shown, kinds)) for title, kinds in CHAPTERS.items())
    return HEAD + "".join(chapters)


def _shown(kind: Kind) -> str:
    return f"{kind.about}\n\n![{kind.name}]({kind.file})\n"
