"""The process that looks into files. It is told, on its standard input, the length of a content in eight bytes and then the
content; it answers with one line of JSON, `{"kind": …, "fault": …}`. It ends with its input, by the signal SIGPROF when one
content has cost its time, and of its own accord after one that wanted more memory. Its arguments are these two bounds: seconds
of CPU, and bytes beside the content and what was there at the start.
"""

import json
import resource
import signal
import sys
from pathlib import Path

from alur.contents.look import look
from alur.workflow.file_kinds import Finding

STATUS = Path("/proc/self/statm")


def main(seconds: float, memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the bot's to obey; then our input ends
    source, answers = sys.stdin.buffer, sys.stdout
    present = _size()
    while len(head := source.read(8)) == 8:
        size = int.from_bytes(head, "big")
        data = source.read(size)
        if len(data) < size:
            return
        if present:
            resource.setrlimit(resource.RLIMIT_AS, (present + 2 * size + memory, resource.RLIM_INFINITY))
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            finding, ends = look(data), False
        except (MemoryError, RecursionError):
            finding, ends = Finding("unknown", "too_much"), True
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(json.dumps({"kind": finding.kind, "fault": finding.fault}), file=answers, flush=True)
        if ends:
            return


def _size() -> int:
    """Bytes of address space that the process has; 0 where the system does not tell."""
    try:
        return int(STATUS.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


main(float(sys.argv[1]), int(sys.argv[2]))
