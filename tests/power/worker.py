"""Work that is watched: `python -m tests.power.worker` is a process with the shim in it that forks a child for each order, since
the house is read once then, and a child that is killed by a cut takes nobody with it.

An order on standard input is a pickled (environment, function, arguments); each is answered by a line with the status.
"""

import os
import pickle
import subprocess
import sys
import traceback
from pathlib import Path

SOURCES = Path(__file__).parents[2]


class Worker:
    """From the test's side. `function` is one of a module's own, as pickle wants it."""

    def __init__(self, library):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ALUR_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.power.worker"],
            cwd=SOURCES,
            env={**environment, "LD_PRELOAD": str(library)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(self, environment, function, *arguments):
        """The exit status: 0, 1 after an exception, or the negative number of a signal."""
        self._process.stdin.write(pickle.dumps((environment, function, arguments)))
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def _serve():
    orders, answers = sys.stdin.buffer, os.dup(1)
    os.dup2(2, 1)  # what the work prints is no answer
    while True:
        try:
            environment, function, arguments = pickle.load(orders)
        except EOFError:
            return
        child = os.fork()
        if child == 0:
            _work(environment, function, arguments)
        _, status = os.waitpid(child, 0)
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _work(environment, function, arguments):
    status = 1
    try:
        os.environ.update(environment)
        function(*arguments)
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it was, the child ends here
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    _serve()
