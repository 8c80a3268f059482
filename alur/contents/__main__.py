"""The process that looks into files. It is told, on its standard input, the length of a content in eight bytes and then the
content; it answers with one line of JSON, `{"kind": …, "fault": …}`, and of a PDF that can be opened with a second one, what is
signed in it: `{"state": …, "given": [[name, moment], …], "why": …}`. It ends with its input, by the signal SIGPROF when one of
the two has cost its time, and of its own accord after one that wanted more memory. Its arguments are these bounds: seconds of
CPU for the first and for the second, and bytes beside the content and what was there at the start.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from alur.contents import pdf
from alur.contents.look import look
from alur.workflow.file_kinds import Finding, Signatures

STATUS = Path("/proc/self/statm")
T = TypeVar("T")


class Looking:
    """One content after the other, each within the bounds."""

    def __init__(self, seconds: float, seconds_signed: float, memory: int) -> None:
        self._seconds, self._seconds_signed, self._memory = seconds, seconds_signed, memory
        self._present = _size()

    def answer(self, data: bytes) -> bool:
        """Whether the process goes on."""
        found, is_well = self._bounded(lambda: look(data), self._seconds, len(data), Finding("unknown", "too_much"))
        _say({"kind": found.kind, "fault": found.fault})
        if not is_well or found != Finding("pdf"):
            return is_well
        signed, is_well = self._signed(data)
        given = [(item.by, item.at.isoformat() if item.at else None) for item in signed.given]
        _say({"state": signed.state, "given": given, "why": signed.why})
        return is_well

    def _signed(self, data: bytes) -> tuple[Signatures, bool]:
        overrun = Signatures("untold", why="too_much")
        asks, is_well = self._bounded(lambda: pdf.may_be_signed(data), self._seconds_signed, len(data), None)
        if asks is None or not asks:
            return (Signatures("none") if is_well else overrun), is_well
        looker = self._looker()
        return self._bounded(lambda: looker(data), self._seconds_signed, len(data), overrun)

    def _looker(self) -> Callable[[bytes], Signatures]:
        """What it takes to read signatures is no content's cost."""
        if self._present:
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        before = _size()
        looker = _signatures()
        self._present += _size() - before if self._present else 0
        return looker

    def _bounded(self, work: Callable[[], T], seconds: float, size: int, overrun: T) -> tuple[T, bool]:
        """What the work tells, and whether it kept within its memory. The system ends the process that takes more time."""
        if self._present:
            bound = self._present + 2 * size + self._memory
            resource.setrlimit(resource.RLIMIT_AS, (bound, resource.RLIM_INFINITY))
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            return work(), True
        except (MemoryError, RecursionError):
            return overrun, False
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


@cache
def _signatures() -> Callable[[bytes], Signatures]:
    from alur.contents import signatures  # noqa: PLC0415 - most files are not signed, and it takes half a second

    return signatures.look


def _say(answer: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


def _size() -> int:
    """Bytes of address space that the process has; 0 where the system does not tell."""
    try:
        return int(STATUS.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def main(seconds: float, seconds_signed: float, memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the bot's to obey; then our input ends
    looking, source = Looking(seconds, seconds_signed, memory), sys.stdin.buffer
    while len(head := source.read(8)) == 8:
        size = int.from_bytes(head, "big")
        data = source.read(size)
        if len(data) < size or not looking.answer(data):
            return


main(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
