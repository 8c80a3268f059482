"""Rows that the build before queued: delivered after the upgrade and told anew, or set aside where they say nothing."""

from sqlalchemy import delete, insert

from alur.services.cases.perform import perform
from alur.storage import members
from alur.storage.notices import NOTICES
from tests import acts


def queue(work, number, template, about, once=None):
    """A row as it stands there, whoever wrote it."""
    member = members.get(work.session, number)
    whom = {"chat_id": member.telegram_id, "member_id": number}
    known = {"silent": False, "queued_at": work.now, "attempts": 0, "once": once}
    work.session.execute(insert(NOTICES).values(template=template, about=about, **whom, **known))


def act(office, kind, role, **values):
    decision = office.transact(perform, office.record.id, kind(by=office.members[role], **values))
    assert decision.refusal is None, decision.refusal


async def test_an_older_row_is_delivered_and_told_anew(any_office):
    office = any_office
    await office.walk_to(6)
    await office.settled()
    await office.kill()
    case, analis = office.record.id, office.members["analis_sdm"]
    act(office, acts.Ask, "kabag_umum", task=office.task.id, to_role="analis_sdm", text="Sumber datanya?")
    office.transact(lambda work: work.session.execute(delete(NOTICES).where(NOTICES.c.template == "question")))
    office.transact(queue, analis, "question", {"case_id": case, "question": 1}, f"question:{case}.1:{analis}")
    office.transact(queue, analis, "help", {"roles": ["analis_sdm"], "commands": ["tugas"]})
    office.start()

    question = await office.card("analis_sdm", "Jawab")
    assert "Sumber datanya?" in question.text
    await office.says("analis_sdm", "Bantuan")
    await office.settled()
    act(office, acts.AnswerQuestion, "analis_sdm", question=1, text="Sipeg.")
    await office["analis_sdm"].send("/tugas")  # rings delivery
    await office.says("analis_sdm", "tidak ada tugas")
    now = await office.now("analis_sdm", question)
    assert "Dijawab:" in now.text
    assert now.labels == ()


async def test_a_row_that_says_nothing_is_set_aside_and_holds_up_neither_its_chat_nor_an_act(any_office):
    """Of a kind that is no more, or without what it is about."""
    office = any_office
    await office.walk_to(6)
    act(office, acts.Ask, "kabag_umum", task=office.task.id, to_role="analis_sdm", text="Sumber datanya?")
    await office.settled()
    case, analis = office.record.id, office.members["analis_sdm"]
    occasion = f"question:{case}.1:{analis}"
    office.transact(lambda work: work.session.execute(delete(NOTICES).where(NOTICES.c.once == occasion)))
    office.transact(queue, analis, "reminder", {"audit": 1})
    office.transact(queue, analis, "question", {"case_id": None, "question": 1}, occasion)
    act(office, acts.AnswerQuestion, "analis_sdm", question=1, text="Sipeg.")
    await office["analis_sdm"].send("/tugas")

    await office.says("analis_sdm", "tidak ada tugas")
    await office.says("admin", "tidak dapat dikirim", "Rina", "there is no notice reminder")
    await office.says("admin", "tidak dapat dikirim", "Rina", "question: case_id: int_type")
