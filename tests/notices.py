"""Notices as rows keep them, shown to somebody: a name and what it is about, as JSON."""

from datetime import date

from alur.views.notice import message
from alur.views.notice.maker import CaseTitle, Given, Packed
from alur.workflow.file_kinds import FOREIGN, TAKEN
from alur.workflow.notices import KINDS, Need, read
from tests.factories import SOP, WIB

NOTE = (
    "alur-audit-0f1e2d3c4b5a\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— alur-audit-0f1e2d3c4b5a Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
TODAY = date(2026, 11, 2)
LOOKED_UP = {
    Need.CASES: "cases",
    Need.CHOICE: "choice",
    Need.TRAIL: "trail",
    Need.PROOF: "proof",
    Need.REPORTS: "reports",
    Need.AGENDA: "lines",
    Need.STAFF: "staff",
} | {Need.PEOPLE: "people", Need.CODE: "code", Need.CHECKPOINT: "note", Need.BUNDLE: "bundle"}


def titled(number, s):
    return CaseTitle(id=number, code=s.case.code, title=s.sop.short_title, period=s.case.period)


def shown(template, about, *, reader, s=None, case_id=None, sops=(SOP,), **extra):
    """The message of that notice. Of `case_id` and `extra` it is given what its class says that it needs, as at delivery."""
    names_case = case_id is not None and "case_id" in KINDS[template].model_fields
    notice = read(template, about | ({"case_id": case_id} if names_case else {}))
    needed = {LOOKED_UP[need] for need in notice.needs}
    known = {"today": TODAY, "zone": WIB, "start": getattr(notice, "start", 0)}
    extra["choice"] = tuple(titled(number, case) for number, case in extra.get("cases", ()))
    known |= {name: value for name, value in extra.items() if name in needed or name not in LOOKED_UP.values()}
    if Need.CHECKPOINT in notice.needs:
        known.setdefault("note", NOTE)
    if Need.BUNDLE in notice.needs:
        known.setdefault("bundle", Packed(name="ip-asn-2026.zip", count=2, left_out=()))
    return message.render(notice, Given(reader=reader, sops=sops, s=s, **known))


def refused_files():
    """Every reason, every kind, every place for which a file may be refused."""
    yield from ({"reason": reason} for reason in ("empty", "size", "download", "paper", "signed"))
    for reason in ("password", "damaged", "too_much", "macros", "template"):
        yield from ({"reason": reason, "found": kind, "named": "docx"} for kind in ("docx", "xlsx", "pdf"))
    for asked in ("file", "paper", "reason", None):
        yield {"reason": "voice", "asked": asked}
        for found in (*TAKEN, *FOREIGN):
            for named in ("docx", "pdf", None):
                yield {"reason": "kind", "found": found, "named": named, "asked": asked}
