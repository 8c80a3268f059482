"""What is dear to make and the same in every test is made once in a session, also where several processes share it."""

import fcntl
import os
import pickle


def once(tmp_path_factory, name, make):
    """What `make` gives, of this process or of one beside it; a copy of its own for each who asks."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each process has a folder of its own in that of the session
    kept = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes meanwhile waits for it: to make it too would take as long
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
    return pickle.loads(kept.read_bytes())
