"""What whoever looks on reads: who does what, and what then appears on whose phone, as it happens.

Narrated in English around the Indonesian of the screens. On a terminal it has colours; elsewhere it is plain text of
100 columns.
"""

from datetime import datetime
from time import monotonic

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.rehearsal.expectations import Expectation, Expectations
from bot.rehearsal.hours import JAKARTA
from simulator import Message, PressAnswer

PLAIN_WIDTH = 100
INDENT = 4


class Transcript:
    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        if not self._console.is_terminal:
            self._console.width = PLAIN_WIDTH
        self._began = monotonic()
        self._last: dict[int, tuple[str, object]] = {}  # text and buttons of each message when it was last told

    def begin_part(self, title: str, now: datetime) -> None:
        local = now.astimezone(JAKARTA)
        self._console.print()
        self._console.print(Rule(f"[bold]{title}[/] · {local:%a %d %b %Y, %H.%M} WIB", align="left"))

    def clock(self, now: datetime) -> None:
        self._line(Text(f"⏱ {now.astimezone(JAKARTA):%a %d %b %Y, %H.%M} WIB", style="dim"))

    def act(self, who: str, what: str) -> None:
        self._line(Text.assemble((who, "bold cyan"), " ", what))

    def answer(self, given: PressAnswer) -> None:
        """A toast passes, an alert stays until it is read; many taps are answered without words."""
        if not given.answered:
            self._line(Text("(no answer to the tap)", style="red"), deeper=True)
        elif given.text:
            kind, style = ("alert", "yellow") if given.alert else ("toast", "green")
            self._line(Text(f"{kind}: {given.text}", style=style), deeper=True)

    def shown(self, who: str, message: Message, *, edited: bool) -> None:
        """A message of the bot as it stands on that phone now; an edit that changes nothing to see is passed over."""
        before, self._last[message.id] = self._last.get(message.id), (message.text, message.buttons)
        if before == self._last[message.id]:
            return
        mark = "✎" if edited else "→"
        heading = Text.assemble((f"{mark} {who}", "bold magenta" if not edited else "magenta"))
        if message.silent and not edited:
            heading.append(" (silent)", style="dim")
        self._line(heading)
        if message.replied and not edited:
            self._line(Text(f"↩ {message.replied}", style="dim"), deeper=True)
        for file in message.files:
            name = file.name or f"({file.kind})"
            self._line(Text(f"▤ {name} ({_size(file.size)})", style="blue"), deeper=True)
        for row in message.text.splitlines():
            self._line(Text(row), deeper=True)
        for labels in message.buttons:
            self._line(Text(" ".join(f"[{label}]" for label in labels), style="bold"), deeper=True)

    def failed(self, expectation: Expectation) -> None:
        words = f"✗ {expectation.sentence}" + (f": {expectation.seen}" if expectation.seen else "")
        self._line(Text(words, style="bold red"))

    def end(self, expectations: Expectations, *, ending: str | None, trouble: str | None) -> None:
        """The table of expectations, part by part, and one sentence; without `ending` the script broke off."""
        table = Table("Part", "held", "failed", title="Expectations", title_justify="left")
        for part in dict.fromkeys(item.part for item in expectations.all):
            held = [item.held for item in expectations.all if item.part == part]
            table.add_row(part, str(held.count(True)), str(held.count(False) or ""))
        self._console.print()
        self._console.print(table)
        for item in expectations.failed:
            self.failed(item)
        if trouble:
            self._line(Text(f"The script had to stop: {trouble}", style="bold red"))
        count, failed = len(expectations.all), len(expectations.failed)
        state = ending or "The script did not come to its end"
        seconds = monotonic() - self._began
        self._console.print(f"{state}; {count - failed} of {count} expectations held, in {seconds:.1f} s.")

    def note(self, text: str) -> None:
        self._line(Text(text, style="dim"))

    def _line(self, text: Text, *, deeper: bool = False) -> None:
        indent = INDENT if deeper else 0
        for part in text.wrap(self._console, self._console.width - indent) or [Text()]:
            part.rstrip()
            self._console.print(Text(" " * indent) + part if part else part, soft_wrap=True)


def _size(count: int) -> str:
    return f"{count / 1000:.1f} KB" if count >= 1000 else f"{count} B"
