"""What a button is about, in a few characters: the subjects and slots that fit into 64 bytes of callback data.

Written by the views; `handlers` read them back.
"""

from hashlib import sha256

from alur.workflow.engine import Slot

NO_CASE = "o"  # what a button is about that belongs to no case


def case_subject(case_id: int) -> str:
    return f"c{case_id}"


def task_subject(case_id: int, task: int) -> str:
    return f"c{case_id}.{task}"


def form_subject(form_id: int) -> str:
    return f"f{form_id}"


def upload_subject(upload_id: int) -> str:
    return f"u{upload_id}"


def slot_token(case_id: int, slot: Slot) -> str:
    """Where a file may land: "7.undangan", its signed copy "7.nota_dinas.s", a unit's file "7.unit_file.1a2b3c4d".

    A unit's name may be long and of any script, so its hash stands for it.
    """
    token = f"{case_id}.{slot.document}"
    if slot.signed:
        return f"{token}.s"
    return f"{token}.{sha256(slot.unit.encode()).hexdigest()[:8]}" if slot.unit else token
