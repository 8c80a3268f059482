"""Looks into files in a process of its own (`alur.contents`): one that is kept warm, is begun at the first file, and is replaced
when it has overrun its time or memory, or fell. A thread could not be stopped, and would fall with us.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Literal

import structlog

import alur
from alur.workflow.file_kinds import Finding, Signature, Signatures
from bot import retries
from handlers.context import NotLookedAt

log = structlog.get_logger()

CPU = 0.7  # seconds for one file; one of 20 MB costs a tenth of it
CPU_SIGNED = 2.0  # seconds more for what is signed in it; one of 20 MB with three signatures costs a fifth of it
MEMORY = 192 * 1024 * 1024  # bytes for one file, beside its content
PATIENCE = 20.0  # seconds: on a machine that has no time for it nothing can be said of the file


class Inspector:
    """One file after the other, for any number of event loops; `close` ends the process."""

    def __init__(
        self, *, cpu: float = CPU, cpu_signed: float = CPU_SIGNED, memory: int = MEMORY, patience: float = PATIENCE
    ) -> None:
        self._bounds, self._patience = (str(cpu), str(cpu_signed), str(memory)), patience
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inspector")
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    async def look(self, data: bytes) -> Finding:
        """What the content is. One that costs more than it may is found to be too much. Raises `NotLookedAt`."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._look, data)

    def close(self) -> None:
        self._is_closed = True
        if self._process is not None:
            self._process.kill()  # whoever waits for its answer waits no longer
        self._thread.shutdown(cancel_futures=True)
        self._end()

    def _look(self, data: bytes) -> Finding:
        for _ in range(retries.INSPECTION.tries):
            if not self._is_closed and (found := self._asked(data)) is not None:
                return found
        raise NotLookedAt

    def _asked(self, data: bytes) -> Finding | None:
        """None where the process was ended from outside, or had no time."""
        process = self._process = self._process or self._begun()
        late = Timer(self._patience, process.kill)
        late.start()
        try:
            answer = self._answer(process, data)
            found = Finding(**json.loads(answer)) if answer else None
            signed = self._next(process) if found == Finding("pdf") else b""
        finally:
            late.cancel()
        if found is None:
            why = self._fallen(process, data)
            return Finding("unknown", why) if why else None
        if found == Finding("pdf"):
            signatures = _signatures(signed) if signed else _untold(self._fallen(process, data))
            if signatures is None:
                return None
            found = replace(found, signatures=signatures)
        if found.fault == "too_much" or (found.signatures and found.signatures.why == "too_much"):
            self._end()  # it may have ended with that, and holds what it took
        return found

    def _fallen(self, process: subprocess.Popen[bytes], data: bytes) -> Literal["too_much", "damaged"] | None:
        """What is wrong with the content; None where the process was ended from outside."""
        status = process.wait()
        self._end()
        log.warning("a file ended the process that looked into it", status=status, size=len(data))
        if status in (0, -signal.SIGKILL, -signal.SIGTERM):
            return None
        return "too_much" if status == -signal.SIGPROF else "damaged"

    def _answer(self, process: subprocess.Popen[bytes], data: bytes) -> bytes:
        assert process.stdin is not None  # noqa: S101 - a pipe
        try:
            process.stdin.write(len(data).to_bytes(8, "big"))
            process.stdin.write(data)
            process.stdin.flush()
        except BrokenPipeError:
            return b""
        return self._next(process)

    @staticmethod
    def _next(process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdout is not None  # noqa: S101 - a pipe
        return process.stdout.readline()

    def _begun(self) -> subprocess.Popen[bytes]:
        """It is given nothing of ours: neither the token nor the database."""
        root = str(Path(alur.__file__).parent.parent)
        known = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "alur.contents", *self._bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**known, "PYTHONPATH": root},
        )

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()


def _untold(why: Literal["too_much", "damaged"] | None) -> Signatures | None:
    """The file is what it was found to be; only of its signatures nothing is known."""
    return Signatures("untold", why="too_much" if why == "too_much" else "unreadable") if why else None


def _signatures(answer: bytes) -> Signatures:
    told = json.loads(answer)
    given = tuple(Signature(by=by, at=datetime.fromisoformat(at) if at else None) for by, at in told["given"])
    return Signatures(state=told["state"], given=given, why=told["why"])
