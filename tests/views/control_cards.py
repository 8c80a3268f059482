"""Cases as their *Kartu Kendali* should be looked at: just opened, in the middle, filed and put right, and as large as one gets."""

from datetime import datetime
from io import BytesIO

import typst
from PIL import Image

from alur.evidence.checkpoint import Checkpoint, signed
from alur.evidence.note import Signer
from alur.views import control_card, typeset
from alur.workflow.record import control_card as record
from alur.workflow.record.control_card import Proof
from tests import acts
from tests.factories import (
    ANALIS,
    KABAG,
    OUTSIDER,
    PEOPLE,
    SEKRETARIS,
    SOP,
    TU,
    WIB,
    Walk,
    a_file,
    an_office,
    walked,
)

SIGNER = Signer("alur.sdm.example", bytes(32))
ODD = "<&#[\\ 🙂 漢 " + "W" * 60  # what people may be called, or call their files


LONG = (ODD + " Rekapitulasi data per unit " * 20)[:300]
STRANGE = tuple(item.model_copy(update={"name": LONG, "order": item.order and LONG}) for item in PEOPLE)


def renamed(sop):
    """The same with titles of 300 characters."""
    title = {"title": LONG}
    return sop.model_copy(
        update={
            **title,
            "steps": tuple(item.model_copy(update=title) for item in sop.steps),
            "roles": tuple(item.model_copy(update=title) for item in sop.roles),
            "documents": tuple(item.model_copy(update=title) for item in sop.documents),
        }
    )


def a_note(size=412):
    return signed(Checkpoint(origin=SIGNER.verifier.name, size=size, root=bytes(range(32))), SIGNER)


def proof_of(walk, note=None):
    """What the trail has of the case, with a checkpoint over it or without one."""
    return Proof(
        entries=len(walk.trail),
        last=walk.trail[-1][0],
        note=note,
        signed=walk.trail[-1][0] if note is not None else None,
    )


def opened():
    return Walk().open()


def filed():
    """By the straight path, and put right afterwards."""
    walk = walked(99)
    return walk.correct(TU, "archive.location", "Lemari A-4, Rak 2")


def in_the_middle():
    """Sent back twice, once on paper, with days granted, a stretch in which it stood still, and a step that is over its limit."""
    walk = walked(6)
    walk.until(datetime(2026, 11, 4, 9, tzinfo=WIB))
    walk.send_back(KABAG, file=a_file("catatan perbaikan.jpg", kind="photo"), documents=("konsep_nota_dinas_rapat",))
    walk.until(datetime(2026, 11, 5, 9, tzinfo=WIB)).hinder(ANALIS).grant(KABAG)
    walk.suspend(reason="Menunggu arahan pimpinan atas data unit yang belum masuk.")
    walk.until(datetime(2026, 11, 12, 9, tzinfo=WIB)).resume()
    walk.upload(ANALIS, "konsep_nota_dinas_rapat", "konsep kedua.docx").submit()
    walk.record(signer=OUTSIDER, kind=acts.Approve)
    walk.send_back(SEKRETARIS, reason="Simpulan belum menjawab selisih data antara Sipeg dan unit.")
    return walk.until(datetime(2026, 11, 24, 11, tzinfo=WIB))


def monster(rounds=45):
    """Two hundred acts, a hundred versions, and names of any kind and length."""
    walk = walked(5, walk=Walk(sop=renamed(SOP), office=an_office(people=STRANGE)).open(number=LONG))
    for number in range(rounds):
        walk.upload(ANALIS, "konsep_nota_dinas_rapat", f"{ODD} {number}.docx")
        walk.upload(ANALIS, "data_awal", f"{number} {ODD}.xlsx")
        walk.submit()
        walk.send_back(
            KABAG, reason=f"{number}: {ODD} " + "Angka belum sesuai. " * 40, file=a_file(f"{ODD}{number}.pdf")
        )
    return walk


CARDS = {"opened": opened, "in_the_middle": in_the_middle, "filed": filed, "monster": monster}


def cells_of(walk, note=None):
    """What its template reads."""
    return control_card.data(walk.s, record.control_card(walk.s, proof_of(walk, note)))


def pdf_of(walk, note=None):
    return control_card.file_of(walk.s, proof_of(walk, note))[1]


def pages_of(walk, note=None, *, ppi):
    """Its pages as pictures."""
    given = {"sys_inputs": {"data": typeset.written(cells_of(walk, note))}}
    about = {"root": typeset.FOLDER, "ignore_system_fonts": True, "font_paths": [typeset.FONTS]}
    made = typst.compile(typeset.FOLDER / control_card.TEMPLATE, format="png", ppi=ppi, **about, **given)
    return [Image.open(BytesIO(page)).convert("L") for page in (made if isinstance(made, list) else [made])]
