"""What others made, in an environment of its own (`RIVALS=1`): what this machine cannot have is left out of the comparison."""

import atexit
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.presses import HERE

PATIENCE = 180  # seconds for the libraries to come


@cache
def rivals_python() -> Path | None:
    """An interpreter that has them; None where nobody asked for it, or pip cannot fetch them. Gone with this process."""
    if not os.environ.get("RIVALS"):
        return None
    folder = TemporaryDirectory(prefix="alur-rivals-")
    atexit.register(folder.cleanup)
    python = Path(folder.name) / "bin" / "python"
    wanted = HERE / "against" / "requirements.txt"
    try:
        subprocess.run([sys.executable, "-m", "venv", folder.name], check=True, timeout=PATIENCE)
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", wanted)
        subprocess.run(pip, check=True, timeout=PATIENCE, stderr=subprocess.PIPE, text=True)
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "stderr", "") or error
        print(f"The rivals are not to be had, and left out: {reason}", file=sys.stderr)  # noqa: T201 - a command line
        return None
    return python
