"""The sample files of a rehearsal: what each phone has at hand, with a note when to send it; `all_` of the SOP that comes
with Alur, `of` of any others.

What every case needs comes first, in the order of the steps; then what goes if wished, at any time, or after a return,
so that a return can be rehearsed. `interactive` puts them on the phones. The notes are English, as the simulator's page is;
what has to be typed beside a file stands in its note.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alur.workflow.sop import BRINGS
from bot.rehearsal.papers import (
    FIRST_NUMBER,
    LAST_NUMBER,
    LETTER_DAY,
    LETTER_NUMBER,
    Paper,
    any_paper,
    corrected_page,
    paper,
    unit_data,
)
from bot.rehearsal.profiles import ANALIS, BIRO, KABAG, SEKRETARIS, TATA_USAHA, UNIT_A, UNIT_ONE, Profile

if TYPE_CHECKING:
    from alur.workflow.sop import Sop

RETURNS = "any return: corrections on a photo, instead of words"


@dataclass(frozen=True, kw_only=True)
class Sample:
    paper: Paper
    people: tuple[Profile, ...]
    note: str


def all_() -> Iterator[Sample]:
    """Makes the files as it goes: half a second of work in all."""
    yield from _on_the_way()
    yield from _beside_it()


def of(sops: Sequence["Sop"], people: Sequence[Profile]) -> Iterator[Sample]:
    """A file for each document of any SOPs, for those who may bring it, under its title, by which the bot knows it."""
    for sop in sops:
        openers = tuple(person for person in people if "start" in _rights(sop, person.role))
        title = sop.document(sop.letter).title
        note = f"after /mulai of {sop.short_title}; its number may be {LETTER_NUMBER}, its date {LETTER_DAY}"
        yield Sample(paper=any_paper(title, of=sop.short_title), people=openers, note=note)
        for step in sop.steps:
            bringing = {role for task in step.tasks if task.kind in BRINGS for role in (task.role, *task.helpers)}
            holders = tuple(person for person in people if person.role in bringing)
            for document in step.uploads:
                title = sop.document(document).title
                note = f"{sop.short_title}, step {step.number}"
                yield Sample(paper=any_paper(title, of=sop.short_title), people=holders, note=note)


def _rights(sop: "Sop", role_id: str) -> Collection[str]:
    return next((role.may for role in sop.roles if role.id == role_id), ())


def _on_the_way() -> Iterator[Sample]:
    """What every case needs. The page puts what was sent last, so that the file which is due lies on top."""
    yield _of(
        "surat_biro_sdm", f"step 1, after /mulai; its number is {LETTER_NUMBER}, its date {LETTER_DAY}", TATA_USAHA
    )
    yield _of("data_capaian", "step 2")
    yield _of("konsep_undangan", "step 2")
    yield _of("undangan", "step 3, beside Jadwalkan Rapat")
    yield _of("notula_rekonsiliasi", "step 4")
    yield _of("pemutakhiran_data", "step 4")
    yield _of("konsep_nota_dinas_rapat", "step 5")
    yield _of("data_awal", "step 5")
    yield _of("notula_validasi", "step 8")
    yield _of("data_validasi", "step 8")
    yield _of("konsep_nota_dinas_laporan", "step 9")


def _beside_it() -> Iterator[Sample]:
    yield Sample(paper=unit_data(UNIT_A), people=(ANALIS,), note="step 3, if wished: for this unit alone")
    yield _of("konsep_nota_dinas_rapat", "step 5 again, after a return", version=2)
    yield _of("konsep_nota_dinas_rapat", "step 6 again, after a return from step 7", KABAG, version=3)
    yield _of("nota_dinas_rapat", f"any time after step 6; its number is {FIRST_NUMBER}", ANALIS, TATA_USAHA)
    yield _of("undangan_validasi", "step 8, if wished: beside Jadwalkan Rapat", BIRO, ANALIS)
    yield _of("konsep_nota_dinas_laporan", "step 9 again, after a return", version=2)
    yield _of("nota_dinas_laporan", f"any time after step 10; its number is {LAST_NUMBER}", ANALIS, TATA_USAHA)
    yield Sample(paper=corrected_page(), people=(SEKRETARIS, KABAG), note=RETURNS)
    yield Sample(paper=_unasked(), people=(UNIT_ONE,), note="no step asks a unit for files: how the bot declines one")


def _of(document: str, note: str, *people: Profile, version: int = 1) -> Sample:
    """The Analis brings most of them."""
    return Sample(paper=paper(document, version=version), people=people or (ANALIS,), note=note)


def _unasked() -> Paper:
    return replace(unit_data(UNIT_A), name="Data tambahan unit.xlsx")
