"""Notices are values: what a row keeps is read back as the same notice, and rows of the build before are read for ever."""

import json

import pytest
from pydantic import ValidationError

from alur.workflow import notices
from alur.workflow.notices import ALL, KINDS, Notice, NoticeUnreadable, read
from alur.workflow.presses import On, PlaceId, PressAct, PressOpen

# Rows as builds wrote them whose notices were a name and a dictionary, and whose presses the texts of a button: one of each
# kind and of each shape.
ROWS = """
agenda {"moment": "2026-10-14T07:30:00+07:00"}
backup_failed {"error": "", "missing": ["f264baa0"], "date": "2026-11-03"}
appointment {"appointment": 6, "on": 8}
appointments {}
appointments {"start": 8, "on": 8}
order {"appointment": 6}
conflicting {"conflict": {"kind": "stuck", "sop": "ip-asn", "role": "kabag_umum", "other": "analis_sdm", "steps": [3, 6, 10], "member": 3, "appointments": [3, 6]}, "member": {"name": "Rina", "sapaan": "Ibu"}, "codes": ["ip-asn-2026"]}
calendar_faulty {"error": "libur.yaml:3: no decree"}
calendar_gap {"years": [2027]}
cancelled {"was": "schedule"}
appointed {"appointment": {"id": 3, "member": 2, "role": "kabag_umum", "name": "Rina", "kind": "plh", "order": "12/SPt/2026", "starts": "2026-12-07", "ends": "2026-12-11"}, "how": "entered"}
cancelled {"was": null}
card_reply {"case_id": 1, "task": 8}
case_opened {"case_id": 1}
cases {"screen": "documents"}
cases {"screen": "acts", "on": 8}
cases {"screen": "documents", "start": 20, "on": 8}
bundle {"case_id": 1, "size": 60}
bundle {"case_id": 1, "size": 75, "part": 1, "is_again": true}
checkpoint {"size": 60}
checkpoint {"size": 75, "has_new_key": true}
key_changed {"key": "alur-audit-0f1e2d3c4b5a+6e4a1b2c+AQID"}
key_gone {}
trail_broken {"size": 60}
chat_waits {"member": {"name": "Dewi", "sapaan": "Ibu"}, "until": "2026-11-02T04:46:40.470907+00:00"}
chat_waits {"member": null, "until": "2026-11-02T04:46:40.470907+00:00"}
codes_blocked {"until": "2026-11-02T10:45:00+07:00", "contacts": ["Ibu Wulan (Tata Usaha)"]}
archive_list {"case_id": 1}
control_card {"case_id": 1}
days_granted {"case_id": 1, "obstacle": 1}
report {"year": 2026}
report {"year": 2025, "on": 8}
report_charts {"year": 2026}
report_papers {"year": 2026}
erratum {"case_id": 1, "corrected": [["archive.location", "Lemari A-3", "Lemari A-4"]]}
grant_withdrawn {"case_id": 1, "task": 8, "days": 2, "by": {"member": 2, "role": "kabag_umum", "name": "Dewi", "kind": "definitif", "sapaan": "Ibu"}}
letter_corrected {"case_id": 1, "task": 1, "version": 2, "by": {"member": 6, "role": "tata_usaha", "name": "Wulan", "kind": "definitif", "sapaan": "Ibu"}}
nadine_corrected {"case_id": 1, "document": "nota_dinas_rapat", "was": "12/2026", "number": "21/2026", "by": {"member": 3, "role": "analis_sdm", "name": "Rina", "kind": "definitif", "sapaan": "Ibu"}}
deadline_moved {"case_id": 1, "task": 1, "was": "2026-11-03T16:00:00+07:00"}
deadline_moved {"case_id": 1, "task": 1, "was": null}
delivered {"member": {"name": "Sari", "sapaan": "Ibu"}, "by": {"name": "Wulan"}, "on": 9}
delivered {"name": "Sari", "by": "Wulan", "on": 9}
directions {"case_id": 1, "task": 13}
documents {"others": false}
documents {"case_id": 1, "others": false, "older": true, "start": 0, "on": 8}
enrolled {"member": {"name": "Hartono", "sapaan": "Bapak"}, "role": "sekretaris"}
enrolled {"name": "Hartono", "role": "sekretaris"}
file_received {"case_id": 1, "version": 2, "on": 5}
file_refused {"reason": "kind", "name": "virus.exe"}
file_kept {"name": "surat.pdf", "form": "open_case", "field": "letter"}
file_settled {"name": "scan001.pdf", "is_dropped": true, "on": 5}
file_unwanted {"name": "perbaikan.docx", "case_id": 1, "role": "kabag_umum", "by_name": ["Dewi"]}
file_unwanted {"name": "a.pdf", "role": null, "by_name": [], "may_return": false, "is_second": false, "is_own": false}
files {"case_id": 1, "versions": [6]}
finished {"case_id": 1}
follow_up {"case_id": 1, "step": 4}
follow_up_moved {"case_id": 1, "step": 4, "was": "2026-11-05T16:00:00+07:00"}
form_kept {"old": "return", "on": 7}
form_replaced {"old": "return", "on": 7}
forwarded {}
hand_over {"member": {"id": 1, "name": "Hartono"}, "case_id": 1, "task": 1}
hand_over {"member": {"id": 1, "name": "Hartono"}, "case_id": null, "task": null}
help {"roles": ["kabag_umum"], "commands": ["tugas", "status", "berkas", "riwayat", "batal", "bantuan"]}
history {"case_id": 1, "others": false}
history {"case_id": 1, "others": false, "upto": 7, "on": 8}
people {}
people {"start": 8, "on": 8}
person {"member": 3, "on": 8}
invitation {"invitation": 5, "on": 8}
invitation_link {"invitation": 5}
invitation_link {"invitation": 5, "anew": 30}
invitation_picture {"invitation": 5}
invitation_tried {"invitation": 5}
staff_news {"what": "unlinked", "member": {"name": "Rina", "sapaan": "Ibu"}, "by": {"name": "Eko", "sapaan": "Bapak"}}
staff_news {"what": "administrator", "member": {"name": "Rina"}}
stranger {"posts": ["tata_usaha", "admin"]}
invite_refused {"reason": "expired", "posts": ["admin"], "are_told": true}
codes_blocked {"until": "2026-11-02T10:45:00+07:00", "posts": ["admin"]}
invite_refused {"reason": "used", "contacts": ["Ibu Wulan (Tata Usaha)", "Bapak Eko"]}
message_changed {"is_file": true}
menu {"commands": ["mulai", "tugas", "status", "berkas", "riwayat", "batal", "bantuan"]}
nadine_request {"case_id": 1, "document": "nota_dinas_rapat"}
nadine_request {"case_id": 1, "document": "nota_dinas_rapat", "approved": 9}
nadine_request {"approved": 9, "case_id": 1, "document": "nota_dinas_rapat", "anew": 23}
nadine_request {"approved": 9, "case_id": 1, "document": "nota_dinas_rapat", "on": 12}
not_understood {}
nudge {"case_id": 1, "task": 8}
obstacle {"case_id": 1, "obstacle": 1, "anew": 3}
parked {"update_id": 12, "error": "ValueError"}
phone_unlinked {"on": 9}
tasks_come {"role": "kabag_umum", "kind": "plh", "count": 2}
question {"case_id": 1, "question": 1}
question {"case_id": 1, "question": 1, "anew": 30}
question_answer {"case_id": 1, "question": 1}
recorded {"case_id": 1, "decided": 8, "outcome": "approved", "to": "sekretaris", "anew": 35}
recorded {"case_id": 1, "decided": 8, "outcome": "approved", "to": null}
recorded {"case_id": 1, "outcome": "approved", "to": "sekretaris"}
refused {"case_id": 1, "refusal": "FieldMissing", "facts": {"field": "date"}}
refused {"case_id": null, "refusal": "TooLong", "facts": {"field": "number", "length": 300, "most": 255}}
refused {"refusal": "NotReadable", "facts": {}}
replace_form {"form": 1, "old": "return", "code": "ip-asn-2026", \
"new": {"act": "ask", "subject": "c1.8", "revision": 1, "argument": "!"}}
replace_form {"form": 1, "old": "return", "code": "ip-asn-2026", \
"new": {"act": "nadine", "subject": "c1", "revision": 0, "argument": "nota_dinas_rapat!"}}
replace_form {"form": 1, "old": "open_case", "code": null, \
"new": {"act": "open", "subject": "o", "revision": 0, "argument": "!"}}
hand_over {"member": {"invitation": 3, "name": "Hadi", "role": "kabag_umum", "until": "2026-11-09T09:00:00+07:00"}, "case_id": 1, "task": 2}
role_vacant {"case_id": 1, "role": "kabag_umum", "task": 2}
step_reopened {"case_id": 1, "reopened": 2}
task_assigned {"case_id": 1, "task": 3, "to": {"member": 3, "role": "analis_sdm", "name": "Rina", "kind": "definitif"}, \
"by": {"member": 8, "role": "admin", "name": "Eko", "kind": "definitif"}, "reason": "Sedang cuti."}
sending_failed {"what": "notice 30", "error": "no file", "member": {"name": "Dewi", "sapaan": "Ibu"}, \
"code": "ip-asn-2026", "step": null, "documents": ["Surat Kepala Biro SDM"]}
sending_failed {"what": "notice 28", "error": "the request cannot be built, ValueError", "member": null}
sending_failed {"what": "notice 28", "error": "KeyError"}
status {}
status {"on": 12}
status {"start": 8, "on": 12}
stranger {"contacts": ["Ibu Wulan (Tata Usaha)", "Bapak Eko"], "is_forwarded": false}
task_ended {"case_id": 1, "task": 8}
paper_recorded {"case_id": 1, "task": 9}
suspended {"case_id": 1, "nth": 1}
resumed {"case_id": 1, "nth": 1}
called_off {"case_id": 1}
meeting_taken_out {"case_id": 1, "step": 4}
board {"case_id": 1}
meeting_moved {"case_id": 1, "step": 8}
tasks {"count": 1}
tasks {"count": 23, "posted": 10, "further": {"case": 7, "task": 3, "due": 1793000000}}
tasks {"count": 23, "start": 10, "posted": 10, "further": {"case": 9, "task": 3, "due": null}}
update_failed {}
welcome {"roles": ["admin"], "is_again": false}
welcome {"roles": ["kabag_umum"]}
which_document {"upload": 1, "name": "scan001.pdf", "options": [{"case_id": 1, "code": "ip-asn-2026", \
"token": "1.data_capaian", "title": "Data capaian IP ASN", "signed": false}]}
which_document {"upload": 1, "name": "scan001.pdf", "options": [{"case_id": 1, "code": "ip-asn-2026", \
"token": "1.nota_dinas_rapat.s", "title": "Nota dinas laporan rapat internal", "signed": true}, {"case_id": 1, \
"code": "ip-asn-2026", "token": "1.unit_file.f3dd4e58", "title": "Data Direktorat Teknik", "signed": false}]}
year {"sop": "ip-asn", "title": "Laporan Capaian", "year": 2026, "latest": "2026-12-07", "advised": "2026-11-23"}
"""
OLDER = [(name, json.loads(about)) for name, _, about in (line.partition(" ") for line in ROWS.strip().splitlines())]


# What these rows kept as a button's texts, and which value that is read as.
VALUES = {
    '"acts"': '"history"',
    '{"act": "ask", "subject": "c1.8", "revision": 1, "argument": "!"}': PressAct(
        rule="ask", case=1, on=On(task=8, revision=1), replaces=True
    ),
    '{"act": "nadine", "subject": "c1", "revision": 0, "argument": "nota_dinas_rapat!"}': PressAct(
        rule="nadine", case=1, on=On(document="nota_dinas_rapat"), replaces=True
    ),
    '{"act": "open", "subject": "o", "revision": 0, "argument": "!"}': PressOpen(replaces=True),
    '"token": "1.data_capaian"': PlaceId(case=1, document="data_capaian"),
    '"token": "1.nota_dinas_rapat.s"': PlaceId(case=1, document="nota_dinas_rapat", signed=True),
    '"token": "1.unit_file.f3dd4e58"': PlaceId(case=1, document="unit_file", unit="f3dd4e58"),
}


REPLACES = {"form": 1, "old": "return", "code": None}
OFFERED = {"case_id": 1, "code": "ip-asn-2026", "title": "Undangan rapat"}


def as_values(about):
    text = json.dumps(about)
    for kept, value in VALUES.items():
        said = value if isinstance(value, str) else value.model_dump_json()
        text = text.replace(kept, f'"place": {said}' if "token" in kept else said)
    return json.loads(text)


def in_the_plural(name, about):
    """A case had one open task: its role stood there as one word, or as none."""
    was, now = {"recorded": ("to", "to"), "file_unwanted": ("role", "roles")}.get(name, (None, None))
    if was not in about:
        return about
    return {key: value for key, value in about.items() if key != was} | {now: [about[was]] if about[was] else []}


def as_people(name, about):
    """Somebody was named by words alone, and these stand as they are."""
    if name in ("delivered", "enrolled") and "name" in about:
        about = {key: value for key, value in about.items() if key != "name"} | {"member": about["name"]}
    named = [key for key in ("member", "by", "contacts", "by_name") if key in about]
    return about | {key: _person(about[key]) for key in named}


def _person(value):
    if isinstance(value, list):
        return [_person(item) for item in value]
    return {"name": value, "sapaan": ""} if isinstance(value, str) else value


def said(value):
    """Without what is not said."""
    if isinstance(value, dict):
        return {key: said(item) for key, item in value.items() if item is not None}
    return [said(item) for item in value] if isinstance(value, list) else value


def every(kind):
    for child in kind.__subclasses__():
        if child.__module__.startswith("alur."):
            yield child
            yield from every(child)


def test_every_notice_stands_in_the_table_under_a_name_of_its_own():
    named = {kind for kind in every(Notice) if "template" in vars(kind)}
    assert named == set(ALL)
    assert len(KINDS) == len(ALL)


def test_there_is_an_older_row_of_every_notice():
    assert {name for name, _ in OLDER} == set(KINDS)


@pytest.mark.parametrize(("name", "about"), OLDER)
def test_a_row_of_the_build_before_is_read(name, about):
    notice = read(name, about)
    assert type(notice) is KINDS[name]
    about = as_people(name, in_the_plural(name, about))
    read_back = {key: value for key, value in notice.model_dump(mode="json").items() if key in about}
    for option in read_back.get("options", ()):
        assert {option.pop(new) for new in ("field", "form")} == {None}
    assert said(json.loads(json.dumps(read_back).replace('Z"', '+00:00"'))) == said(as_values(about))


@pytest.mark.parametrize(("name", "about"), OLDER)
def test_what_is_kept_is_read_back_as_the_same_notice(name, about):
    notice = read(name, about)
    assert read(name, json.loads(json.dumps(notice.kept()))) == notice


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.template)
def test_a_row_that_lacks_what_its_notice_is_about_is_not_read(kind):
    """A missing case is a fault, and never case 0."""
    whole = next(about for name, about in OLDER if name == kind.template)
    for name, field in kind.model_fields.items():
        if field.is_required():
            with pytest.raises(NoticeUnreadable, match=f"{kind.template}: {name}: missing"):
                read(kind.template, {key: value for key, value in whole.items() if key != name})


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("reminder", {}),
        ("question", {"case_id": None, "question": 1}),
        ("question", {"case_id": 1, "question": 1, "text": "Rahasia"}),
        ("question", []),
        ("agenda", {"moment": "2026-10-14T07:30:00"}),
        ("replace_form", REPLACES | {"new": {"act": "ask"}}),
        ("replace_form", REPLACES | {"new": {"act": "ask", "subject": "Rahasia"}}),
        ("replace_form", REPLACES | {"new": {"act": "answer", "subject": "c1", "argument": "Rahasia!"}}),
        ("replace_form", REPLACES | {"new": "Rahasia"}),
        ("which_document", {"upload": 1, "name": "x.pdf", "options": [OFFERED | {"token": "Rahasia"}]}),
        ("which_document", {"upload": 1, "name": "x.pdf", "options": [OFFERED]}),
        ("which_document", {"upload": 1, "name": "x.pdf", "options": ["Rahasia"]}),
        ("cases", {"screen": "Rahasia"}),
    ],
)
def test_what_says_nothing_that_a_notice_says_is_a_fault_that_repeats_no_word_of_it(name, about):
    with pytest.raises(NoticeUnreadable) as fault:
        read(name, about)
    assert name in str(fault.value)
    assert "Rahasia" not in f"{fault.value} {fault.value.__cause__}"


def test_a_row_from_before_there_were_pages_means_the_first_of_them_or_all_that_there_is():
    assert read("status", {}).start == read("cases", {"screen": "documents"}).start == 0
    tasks = read("tasks", {"count": 23})
    assert (tasks.posted, tasks.further) == (None, None)


def test_a_notice_is_frozen_and_wants_all_of_its_fields():
    question = notices.Question(case_id=1, question=2)
    with pytest.raises(ValidationError):
        question.question = 3
    with pytest.raises(ValidationError):
        notices.Question(question=2)


def test_a_reply_to_a_notice_is_about_what_it_names():
    assert notices.Question(case_id=1, question=2, on=7).subject() == {"case_id": 1, "question": 2}
    assert notices.NadineRequest(case_id=1, document="nota_dinas").subject() == {"case_id": 1, "document": "nota_dinas"}
    assert notices.HandOver(member=notices.Unreached(id=1, name="Sari")).subject() == {}
    assert notices.Status().subject() == {}


def test_whoever_needs_the_trail_names_a_case_and_whoever_needs_an_agenda_a_moment():
    wanted = {notices.Need.TRAIL: "case_id", notices.Need.AGENDA: "moment"}
    for kind in ALL:
        assert {wanted[need] for need in kind.needs if need in wanted} <= set(kind.model_fields)
