"""/kelola in words: what an administrator reads of each person, and which buttons stand there."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from alur.views import forms
from alur.views.environment import vocabulary
from alur.workflow.form_moves import chosen, proceeded, typed
from alur.workflow.office.rooms import STAFF_RULES
from tests import notices
from tests.factories import ADMIN, ANALIS, PEOPLE, SEKRETARIS, SOP, TU, WIB, a_reader, an_office
from tests.views import managing
from tests.views.gallery import STRANGER
from tests.views.managing import ABOUT, ANEW, EXPIRED, OPEN, USED, WITHDRAWN

TODAY = notices.TODAY


@pytest.fixture
def office():
    return an_office(people=PEOPLE)


@pytest.fixture
def staff(office):
    return managing.staff(office)


def shown(staff, template, by=ADMIN, *, office, code=None, **about):
    known = {"people": managing.seen_by(staff, by), "code": code, "username": "alur_bot"}
    return notices.shown(template, about, reader=a_reader(by, office), **known)


def labels(screen):
    return [item.label for row in screen.buttons for item in row]


def test_a_list_names_everybody_with_posts_days_and_state(office, staff):
    text = shown(staff, "people", office=office).text
    assert "aktif, terakhir terlihat Sen 2 Nov, 09.00" in text
    assert "Plh. Kepala Bagian Umum, 3" in text
    assert "telepon dilepas" in text


def test_the_invitations_that_nobody_redeemed_stand_behind_the_members(office, staff):
    text = shown(staff, "people", start=8, office=office).text
    assert "diundang, sebagai Unit Terkait, pendaftarannya berlaku sampai dengan Senin, 9 Nov 2026, 09.00 WIB" in text
    assert "belum pernah bergabung, sebagai Kepala Bagian Umum, pendaftarannya habis masa berlakunya pada" in text
    assert "diundang, telepon yang baru" in text


def test_a_page_offers_what_the_office_would_allow_and_nothing_else(office, staff):
    assert labels(shown(staff, "person", member=SEKRETARIS, office=office)) == [
        "Ubah Data",
        "Serahkan Jabatan",
        "Akhiri Penugasan",
        "Lepas Telepon",
        "Daftar Pegawai",
    ]
    gone = labels(shown(staff, "person", member=ANALIS, office=office))
    assert "Undang Pegawai" in gone
    assert "Lepas Telepon" not in gone
    assert [label for label in gone if label.startswith("Akhiri Penugasan · ")]


def test_whoever_invites_units_alone_has_no_buttons_on_their_pages(office, staff):
    (unit,) = [item for item in managing.seen_by(staff, TU).everybody if item.invitation == OPEN]
    assert unit.role == "unit_terkait"
    assert labels(shown(staff, "invitation", TU, invitation=OPEN, office=office)) == [
        "Tarik Pendaftaran",
        "Daftar Pegawai",
    ]
    assert labels(shown(staff, "invitation", TU, invitation=EXPIRED, office=office)) == ["Daftar Pegawai"]


def test_an_invitation_that_has_run_out_is_made_anew(office, staff):
    assert "Undang Pegawai" in labels(shown(staff, "invitation", invitation=EXPIRED, office=office))
    assert "Undang Pegawai" not in labels(shown(staff, "invitation", invitation=OPEN, office=office))


@pytest.mark.parametrize(("number", "word"), [(USED, "sudah digunakan oleh Ibu"), (WITHDRAWN, "telah ditarik")])
def test_an_invitation_that_serves_nobody_any_more_says_why(office, staff, number, word):
    for template in ("invitation", "invitation_link", "invitation_tried"):
        assert word in shown(staff, template, invitation=number, office=office).text


def test_a_link_is_said_once_and_to_nobody_without_its_code(office, staff):
    said = shown(staff, "invitation_link", invitation=OPEN, code=managing.CODE, office=office)
    assert f"\nhttps://t.me/alur_bot?start={managing.CODE}\n" in said.text
    assert shown(staff, "invitation_link", invitation=OPEN, office=office) is None
    assert shown(staff, "invitation_picture", invitation=OPEN, office=office) is None
    anew = shown(staff, "invitation_link", invitation=ANEW, code=managing.CODE, office=office)
    assert "pendaftaran telepon yang baru" in anew.text


def test_the_picture_is_a_qr_code_that_another_reader_reads(office, staff):
    made = managing.picture(staff, a_reader(ADMIN, office))
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(made.content)))
    assert (read.format.name, read.text) == ("QRCode", f"https://t.me/alur_bot?start={managing.CODE}")
    assert (made.file.kind, made.file.mime, made.file.size) == ("photo", "image/png", len(made.content))


def test_a_stranger_reads_no_name_though_a_row_of_an_earlier_build_keeps_some():
    kept = {"contacts": ["Ibu Wulan (Tata Usaha)", {"name": "Eko", "sapaan": "Bapak"}]}
    for template, about in (("stranger", kept), ("invite_refused", kept | {"reason": "expired"})):
        text = notices.shown(template, about, reader=STRANGER).text
        assert "Wulan" not in text
        assert "Eko" not in text
        assert "mohon menghubungi Tata Usaha" in text


# --- Forms


@pytest.mark.parametrize("name", ABOUT)
def test_every_form_about_people_is_asked_to_its_end_and_sent(staff, name):
    """Every field has its question and heading; the last screen has *Kirim* and *Batal*, or asks in the question's words."""
    form = managing.form(staff, name)
    while form.asked:
        assert _screen(form).text
        form = _answered(form)
    screen = _screen(form)
    send, cancel = (
        (vocabulary("destroys")[name], "Tidak Jadi") if name in vocabulary("destroys") else ("Kirim", "Batal")
    )
    assert {send, cancel} <= set(labels(screen))
    for how in ("sent", "cancelled", "overtaken"):
        assert "\n" not in forms.ended(form, how, sops=(SOP,)).text


def test_every_rule_that_destroys_has_a_button_in_the_words_of_its_question():
    of_people = {rule.name for rule in STAFF_RULES if rule.destroys}
    assert set(vocabulary("destroys")) - set(forms.DESTROYING) == set()
    assert of_people <= set(vocabulary("destroys"))


def test_the_post_that_is_held_is_worded_with_its_holder(staff):
    form = chosen(managing.form(staff, "invite"), "role", "sekretaris")
    assert form.asking == "beside"
    assert [label.partition(" ")[0] for label in labels(_screen(form))][:2] == ["Menggantikan", "Mendampingi"]


def test_a_role_of_units_asks_for_the_unit_and_the_administrators_for_nothing_more(staff):
    def asked(role):
        form, names = chosen(managing.form(staff, "invite"), "role", role), []
        while form.asked:
            names.append(form.asking)
            form = _answered(form)
        return names

    assert asked("unit_terkait") == ["name", "sapaan", "unit"]
    assert asked("admin") == ["name", "sapaan"]


def _screen(form):
    return forms.screen(5, form, None, (SOP,))


def _answered(form):
    field = form.asked
    if field.kind == "choice":
        options = [item for item in field.options if not field.by or form.answers[field.by] in item.fits]
        return chosen(form, field.name, options[0].value)
    if field.optional:
        return proceeded(form)
    return typed(form, "15-12-2026" if field.kind == "date" else "Zulfa <&>", today=TODAY, zone=WIB)
