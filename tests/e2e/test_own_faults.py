"""What fails through a fault of ours: it is tried a few times, set aside, and said; the chat's next message goes out."""

import json
from datetime import timedelta

import aiohttp
import pytest
from sqlalchemy import select, text, update
from telegram.error import BadRequest

from alur.storage import forms, inbox
from alur.storage.cards import CARDS
from alur.storage.notices import NOTICES
from alur.storage.parked import parked
from alur.views import cards as card_views
from alur.views.notice import message
from bot.cli.check import aside
from bot.telegram import network
from tests import probes
from tests.e2e.desk import MONDAY, WIB, has
from tests.e2e.test_serving import asked, serve
from tests.hurry import hurry
from tests.papers import paper

ODD_NAME = "Data\x1b\x07 capaian\ud83d\x7f\r\n.xlsx"


@pytest.fixture(autouse=True)
def soon_again(monkeypatch):
    hurry(monkeypatch, "OWN_FAULT", pause=0.05)


async def injected(office, role, **message):
    """A message as no phone of the simulator would write it: escapes in its JSON that are no text."""
    phone = office[role]
    sender = {"id": phone.id, "is_bot": False, "first_name": "x"}
    chat = {"id": phone.id, "type": "private"}
    date = int(MONDAY.timestamp())
    await office.telegram.inject(
        {"message": {"message_id": 900_000, "date": date, "chat": chat, "from": sender, **message}}
    )


async def test_a_control_character_or_half_an_emoji_in_a_files_name_disturbs_nobody(any_office):
    office = any_office
    await office.walk_to(2)
    await office["analis_sdm"].send_file("Konsep undangan.xlsx", paper("Konsep undangan.xlsx", b"1"))
    await office.settled()
    (*_, sent) = [item for item in await office["analis_sdm"].messages() if item.files and not item.by_bot]
    file = {"file_id": sent.files[0].file_id, "file_size": sent.files[0].size}
    document = {**file, "file_unique_id": "u", "file_name": ODD_NAME}
    await injected(office, "analis_sdm", document=document, caption="Data capaian \x00\ud800")
    await office.says("analis_sdm", "Data capaian IP ASN, versi 1")

    await office.settled()
    await office.tap("analis_sdm", "Ajukan")
    await office.card("kabag_umum", "Disposisikan")

    names = [item.files[0].name for item in await office["kabag_umum"].messages() if item.files]
    assert any(name.startswith("Data") and "capaian\ufffd" in name for name in names), names
    assert not found_parked(office)


def found_parked(office):
    with office.database.read() as session:
        return [(item.kind, item.case) for item in parked(session, now=MONDAY)]


async def test_half_an_emoji_and_a_nul_in_a_typed_reason_disturb_nobody(any_office):
    office = any_office
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    await office.asked("kabag_umum")
    await injected(office, "kabag_umum", text="Mohon \ud83d diperbaiki\x00 segera")
    await office.tap("kabag_umum", "Kirim")

    await office.card("analis_sdm", "Ajukan")
    await office.settled()

    assert office.task.step == 5
    card = await office.card("analis_sdm", "Ajukan")
    assert "Mohon \ufffd diperbaiki segera" in card.text
    assert not found_parked(office)


@pytest.mark.parametrize("odd", ["\ud800", "x\x00", "approve:c1.1:1\udfff", "unmute\x1b"])
async def test_odd_callback_data_is_refused_like_any_that_is_forged(any_office, odd):
    office = any_office
    await office.walk_to(6)
    phone = office["kabag_umum"]
    card = await office.card("kabag_umum", "Setujui")
    sender = {"id": phone.id, "is_bot": False, "first_name": "x"}
    message = {"message_id": card.id, "date": 1, "chat": {"id": phone.id, "type": "private"}}
    query = {"id": "7", "from": sender, "message": message, "chat_instance": "1", "data": odd}
    number = await office.telegram.inject({"callback_query": query})
    await office.settled()

    with office.database.read() as session:
        row = session.execute(select(inbox.INBOX).where(inbox.INBOX.c.update_id == number)).one()
    assert (row.done_at is not None, row.parked_at, row.failures) == (True, None, 0)
    assert office.task.step == 6


# What cannot be rendered, built or read is set aside, and only that


async def test_a_card_that_cannot_be_rendered_is_set_aside_and_everything_else_goes_on(any_office, monkeypatch):
    office = any_office
    render = card_views.card

    def fails_for_step_6(s, *, task, **more):
        if s.case.task(task).step == 6:
            raise UnicodeEncodeError("utf-16", "x", 0, 1, "surrogates not allowed")
        return render(s, task=task, **more)

    monkeypatch.setattr(card_views, "card", fails_for_step_6)
    await office.walk_to(6)
    await office["kabag_umum"].send("/bantuan")
    await office.says("kabag_umum", "Bantuan")

    told = await office.says("admin", "tidak dapat dikirim dan kami sisihkan")
    for words in (
        "Ibu Dewi",
        "ip-asn-2026",
        "langkah 6",
        "Konsep nota dinas laporan rapat internal",
        "data awal",
        "UnicodeEncodeError",
    ):
        assert words in told.text
    await office.settled()
    assert len(await office.saying("admin", "kami sisihkan")) == 1
    assert found_parked(office) == [("card", "ip-asn-2026")]
    with office.database.read() as session:
        (line,) = aside(parked(session, now=MONDAY), WIB)
    assert line == '1 card of ip-asn-2026 set aside since 2026-11-02 09:00: see the log, "was parked"'


async def test_what_was_set_aside_is_tried_once_with_its_next_news_and_goes_out_when_it_can(office, monkeypatch):
    render, fails, tries = card_views.card, [True], []

    def stumbles(s, *, task, **more):
        if s.case.task(task).step == 6 and fails:
            tries.append(task)
            raise KeyError("Konsep")
        return render(s, task=task, **more)

    monkeypatch.setattr(card_views, "card", stumbles)
    await office.walk_to(6)
    assert len(tries) == 5

    await office["analis_sdm"].send_file("b.pdf", paper("b.pdf", b"%PDF newer"), caption="Konsep nota dinas rapat")
    await office.settled()
    assert len(tries) == 6  # one chance with each announcement
    assert len(await office.saying("admin", "kami sisihkan")) == 1

    fails.clear()
    await office["kabag_umum"].send("/tugas")
    await office.card("kabag_umum", "Setujui")
    await office.settled()
    assert not found_parked(office)


async def test_a_request_that_cannot_be_built_is_set_aside_before_anything_is_sent(office, monkeypatch):
    build = network._form

    def refuses(request_data):
        if "Bantuan" in request_data.json_parameters.get("text", ""):
            raise ValueError("Newline, carriage return, or null byte detected in headers.")
        return build(request_data)

    monkeypatch.setattr(network, "_form", refuses)
    await office.begin()
    await office["kabag_umum"].send("/bantuan")
    await office["kabag_umum"].send("/tugas")

    await office.says("kabag_umum", "tidak ada tugas")
    told = await office.says("admin", "kami sisihkan", "Ibu Dewi")
    assert "cannot be built" in told.text
    assert found_parked(office) == [("notice", None)]


async def test_an_answer_that_cannot_be_read_costs_five_copies_and_no_more(office):
    await office.begin()
    await office.telegram.faults("garbled", "sendMessage", chat_id=office["kabag_umum"].id, times=None)
    await office["kabag_umum"].send("/bantuan")
    await office.says("admin", "kami sisihkan", "cannot be read")
    await office.telegram.clear_faults()
    await office["kabag_umum"].send("/tugas")

    await office.says("kabag_umum", "tidak ada tugas")
    assert len(await office.saying("kabag_umum", "Bantuan")) == 5


async def test_while_every_answer_is_unreadable_nothing_is_counted_for_it_is_not_telegram_that_answers(office):
    await office.begin()
    await office.telegram.faults("garbled", "*", times=None)
    await office["kabag_umum"].send("/bantuan")
    await office.until(lambda: attempts(office) >= 3, "three tries")
    assert failures(office) == 0

    await office.telegram.clear_faults()
    await office.says("kabag_umum", "Bantuan")
    assert not found_parked(office)


@pytest.mark.parametrize(
    ("kind", "rule"), [("server_error", {"status": 502}), ("cut_before", {}), ("too_many", {"retry_after": 1})]
)
async def test_a_network_that_is_away_never_counts(office, monkeypatch, kind, rule):
    hurry(monkeypatch, "SENDING", longest=0.05)
    await office.begin()
    await office.telegram.faults(kind, "sendMessage", chat_id=office["kabag_umum"].id, times=6, **rule)
    await office["kabag_umum"].send("/bantuan")
    if kind == "too_many":  # its second passes on the office's clock
        for _ in range(6):
            before = len(await office.calls("sendMessage"))
            await office.advance(seconds=2)
            await office.until(lambda before=before: more_calls(office, before), "the next try")
    else:
        await office.until(lambda: attempts(office) >= 6, "six tries")
    assert failures(office) == 0

    await office.says("kabag_umum", "Bantuan")
    assert not await office.saying("admin", "kami sisihkan")


async def more_calls(office, before):
    return len(await office.calls("sendMessage")) > before


def attempts(office):
    return newest_notice(office).attempts


def failures(office):
    return newest_notice(office).failures


def newest_notice(office):
    with office.database.read() as session:
        return session.execute(select(NOTICES).order_by(NOTICES.c.id.desc())).first()


async def test_the_tries_are_counted_over_a_restart(office, monkeypatch):
    tries, render = [], message.render

    def fails(notice, given):
        if notice.template == "help":
            tries.append(notice)
            raise LookupError("help")
        return render(notice, given)

    monkeypatch.setattr(message, "render", fails)
    hurry(monkeypatch, "OWN_FAULT", pause=3600.0)
    await office.begin()
    for expected in range(1, 6):
        if expected == 1:
            await office["kabag_umum"].send("/bantuan")
        else:
            await office.kill()
            await office.advance(hours=1, minutes=1)
            office.start()
        await office.until(lambda expected=expected: len(tries) >= expected, f"try {expected}")
        await office.until(lambda expected=expected: failures_of_help(office) >= expected, "its count")
    assert [kind for kind, _ in found_parked(office)] == ["notice"]


def failures_of_help(office):
    with office.database.read() as session:
        found = session.execute(select(NOTICES.c.failures).where(NOTICES.c.template == "help")).scalar_one_or_none()
    return found or 0


async def test_a_word_to_the_administrators_that_fails_itself_is_told_to_nobody(office, monkeypatch):
    render = message.render

    def fails(notice, given):
        if notice.template in ("help", "sending_failed"):
            raise LookupError(notice.template)
        return render(notice, given)

    monkeypatch.setattr(message, "render", fails)
    await office.begin()
    await office["kabag_umum"].send("/bantuan")
    await office.until(lambda: len(found_parked(office)) == 2, "both to be set aside")
    await office.settled()
    with office.database.read() as session:
        told = session.execute(select(NOTICES).where(NOTICES.c.template == "sending_failed")).all()
    assert [row.failures for row in told] == [5]


async def test_a_row_that_cannot_even_be_read_is_set_aside_too(any_office):
    office = any_office
    await office.begin()
    await office.telegram.faults("server_error", "send*", times=None)
    await office["kabag_umum"].send("/bantuan")
    # It has failed and waits: no try of it is on its way while it is broken.
    await office.until(lambda: newest_notice(office).template == "help" and newest_notice(office).not_before, "a try")
    with office.database.write() as session:
        session.execute(text("UPDATE notices SET about = '{broken' WHERE template = 'help'"))
    await office.telegram.clear_faults()
    await office["kabag_umum"].send("/tugas")

    await office.says("kabag_umum", "tidak ada tugas")
    await office.says("admin", "kami sisihkan", "notice")
    assert found_parked(office) == [("notice", None)]


async def test_files_that_telegram_knows_under_no_name_and_takes_from_nobody_do_not_hold_up_their_chat(
    office, monkeypatch
):
    tries = []

    async def refused(_sender, chat_id, *_args, **_more):
        tries.append(chat_id)
        raise BadRequest("Wrong file identifier/HTTP URL specified")

    monkeypatch.setattr("bot.telegram.sending.Sender.files", refused)
    await office.walk_to(6)
    await office["kabag_umum"].send("/bantuan")

    await office.says("kabag_umum", "Bantuan")
    await office.settled()
    assert tries.count(office["kabag_umum"].id) == 5
    assert ("card", "ip-asn-2026") in found_parked(office)


async def test_health_and_metrics_count_what_is_set_aside_without_a_name_or_a_text(office, monkeypatch):
    render = message.render

    def fails(notice, given):
        if notice.template == "help":
            raise LookupError("help")
        return render(notice, given)

    monkeypatch.setattr(message, "render", fails)
    root = serve(office, is_hooked=False)
    await office.begin()
    await office["kabag_umum"].send("/bantuan")
    await office.says("admin", "kami sisihkan")
    async with aiohttp.ClientSession() as http:
        status, told = await asked(http, root)
        assert (status, told["parked"]) == (200, 1)
        assert "Dewi" not in json.dumps(told)
        async with http.get(f"{root}/metrics") as answer:
            assert 'alur_parked{kind="notice"} 1.0' in await answer.text()


async def test_a_default_menu_that_cannot_be_built_keeps_nobody_out(office, monkeypatch):
    monkeypatch.setattr("bot.term.menu", lambda _names: {}["no menu"])
    monkeypatch.setattr("alur.services.people.menus.commands", lambda *_: {}["no menu"])
    await office.begin()
    await office["kabag_umum"].send("/tugas")
    await office.says("kabag_umum", "tidak ada tugas")


async def test_a_press_whose_answer_cannot_be_rendered_is_let_go_and_counts(office, monkeypatch):
    await office.walk_to(6)
    monkeypatch.setattr("bot.telegram.application.answers.text", lambda *_args, **_more: {}["no words"])
    answer = await office.tap("kabag_umum", "Setujui")
    assert not answer.text
    await office.card("sekretaris", "Setujui")


async def test_a_parked_card_of_an_older_alur_gets_its_tries(office):
    """Rows that were set aside before failures were counted have none."""
    await office.walk_to(6)
    with office.database.write() as session:
        session.execute(update(CARDS).values(parked_at=MONDAY - timedelta(days=1), failures=0))
    await office["kabag_umum"].send("/tugas")
    await office.until(lambda: is_shown(office), "the card")
    assert has(await office.card("kabag_umum", "Setujui"), "Setujui")


def is_shown(office):
    with office.database.read() as session:
        *_, row = probes.cards_of(session, office.members["kabag_umum"])
    return row.ring == row.rung and row.parked_at is None


@pytest.mark.parametrize("is_field", [True, False])
async def test_a_remark_without_words_leaves_the_question_alone(office, is_field):
    """It was written by another build, which knew a field, or a refusal, of which this one has no words."""
    await office.walk_to(3, 1)
    phone = office["analis_sdm"]
    await office.tap(phone, "Jadwalkan Rapat")
    asked_before = await office.asked(phone)
    about = {"refusal": "TooLong", "facts": {"field": "unheard", "length": 9, "most": 5}, "of_form": "schedule"}
    remark = {"template": "refused", "about": about if is_field else {"refusal": "Unheard", "facts": {}}}

    def as_elsewhere(work):
        row = forms.open_for(work.session, office.members["analis_sdm"])
        answers = {**row.answers, "remark": remark}
        forms.save(work.session, row.id, answers=answers, asking=row.asking, at=work.now, ring=True)

    office.transact(as_elsewhere)
    await phone.send("/batalkan")  # rings delivery
    await office.says(phone, "Mohon memilih tanggal rapat")
    await office.settled()
    form = [item for item in await phone.messages() if "Mohon memilih tanggal rapat" in item.text][-1]
    assert form.id > asked_before.id
    assert "Mohon maaf" not in form.text
    assert not found_parked(office)
