"""What was put right is told to whom it concerns, and what stands in rows follows it: on both databases."""

import pytest

from alur.services.incoming import forms, presses
from alur.storage import cards, cases, entered, letter_numbers, sops
from alur.storage import forms as form_rows
from alur.workflow.engine.acts import named
from alur.workflow.form_moves import chosen, typed
from alur.workflow.presses import On, PressAct, PressSend
from tests import acts
from tests.factories import ANALIS, BIRO, KABAG, SARI, SEKRETARIS, TU, WIB, a_file, correction, walked

ROLES = {
    "sekretaris": SEKRETARIS,
    "kabag_umum": KABAG,
    "analis_sdm": ANALIS,
    "unit_terkait": SARI,
    "biro_sdm": BIRO,
    "tata_usaha": TU,
}
NUMBER = "open_case.letter_number"


@pytest.fixture
def put(house, people):
    """The case of a walk, as it is now, with a card of its open tasks for everybody."""

    def put(walk):
        procedure = house.procedures[0]

        def store(work):
            sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
            number = cases.create(work.session, walk.case.model_copy(update={"sop_hash": procedure.hash})).id
            for task in walk.case.open_tasks or walk.case.tasks[-1:]:
                for role in ROLES:
                    member = getattr(people, role)
                    cards.announce(
                        work.session, case_id=number, task=task.id, member_id=member, at=work.now, ring=False
                    )
            return number

        house.now = walk.at
        return house.transact(store)

    return put


def correct(house, number, by, what, to):
    made = house.look(lambda work: correction(house.situation(work, number), by, what, to))
    assert house.act(number, made).refusal is None


def told_to(house, template):
    return sorted(row.member_id for row in house.told(template))


def test_the_final_report_goes_out_once_more_to_all_who_had_it_and_rows_follow(house, people, put):
    number = put(walked(99))
    correct(house, number, people.tata_usaha, "archive.location", "Lemari A-4")
    assert told_to(house, "erratum") == sorted(getattr(people, role) for role in ROLES)
    assert house.told("erratum")[0].about["corrected"] == [["archive.location", "Lemari A-3", "Lemari A-4"]]
    assert house.look(lambda work: entered.last_filed(work.session, "ip-asn")) == ("OT.02", "Lemari A-4")


def test_whoever_decided_over_the_earlier_file_is_told_once(house, people, put):
    number = put(walked(2))
    correct(house, number, people.tata_usaha, "open_case.letter", a_file("benar.pdf"))
    assert told_to(house, "letter_corrected") == [people.sekretaris, people.kabag_umum]
    assert sorted(row.about["task"] for row in house.told("letter_corrected")) == [1, 2]


def test_the_letters_number_is_known_by_what_it_is_now(house, people, put):
    number = put(walked(2))

    def having(text):
        return house.look(lambda work: letter_numbers.having(work.session, text))

    correct(house, number, people.tata_usaha, NUMBER, "B-4321/KP.05/SJP/2026")
    assert (having("B-1234/KP.05/SJP/2026"), having("b-4321/kp.05/sjp/2026")) == ((), (number,))


def test_the_archive_hears_once_of_another_nadine_number_that_is_not_its_own(house, people, put):
    number = put(walked(9).nadine(ANALIS, "nota_dinas_rapat"))
    correct(house, number, people.analis_sdm, "nadine.number:nota_dinas_rapat", "21/2026")
    assert told_to(house, "nadine_corrected") == [people.tata_usaha]
    correct(house, number, people.tata_usaha, "nadine.number:nota_dinas_rapat", "22/2026")
    assert told_to(house, "nadine_corrected") == [people.tata_usaha]


def test_the_report_alone_tells_of_a_number_that_is_the_archives_too(house, people, put):
    number = put(walked(99))
    correct(house, number, people.analis_sdm, "nadine.number:nota_dinas_laporan", "22/2026")
    assert len(house.told("erratum")) == len(ROLES)
    assert house.told("nadine_corrected") == []


def test_a_question_that_is_taken_back_ends_the_answer_in_hand_with_who_took_it(house, people, put):
    number = put(walked(6))
    analyst = people.members["analis_sdm"]
    asked = acts.Ask(
        by=people.kabag_umum, task=house.case(number).open_tasks[0].id, to_role="analis_sdm", text="Sumber?"
    )
    assert house.act(number, asked).refusal is None
    press = PressAct(rule="answer", case=number, on=On(question=1))
    house.transact(presses.press, telegram_id=analyst.telegram_id, press=press)
    row = house.look(lambda work: form_rows.open_for(work.session, analyst.id))
    withdrawn = PressAct(rule="withdraw_ask", case=number, on=On())
    kabag = people.members["kabag_umum"]
    assert house.transact(presses.press, telegram_id=kabag.telegram_id, press=withdrawn).name == "question_withdrawn"
    assert house.look(lambda work: form_rows.open_for(work.session, analyst.id)) is None
    late = house.transact(forms.press, telegram_id=analyst.telegram_id, press=PressSend(form=row.id), message_id=9)
    assert late.values["refusal"] == "NoLongerAsked"
    assert [row.about["question"] for row in house.told("question")] == [1, 1]  # told anew where it stands


def test_whoever_heard_of_the_days_hears_of_their_end_and_the_timers_follow(house, people, put):
    number = put(walked(5).hinder(ANALIS))

    def moments():
        return {(row.at, row.watched) for row in house.timers(number)}

    def act(kind, **values):
        assert house.act(number, kind(by=people.kabag_umum, obstacle=1, **values)).refusal is None

    act(acts.GrantDays, days=1)
    first = moments()
    act(acts.WithdrawGrant)
    assert moments() != first
    act(acts.GrantDays, days=1)
    assert moments() == first
    assert told_to(house, "grant_withdrawn") == [people.analis_sdm]


def test_of_two_who_correct_the_same_the_second_reads_the_first_and_loses_nothing(house, people, put):
    number, admin = put(walked(2)), people.members["admin"]

    def begin(work):
        s = house.situation(work, number)
        form = chosen(named("correct").begin(s, admin.id, On()), "what", NUMBER)
        form = typed(form, "B-1/2026", today=work.now.date(), zone=WIB).model_copy(update={"case": number})
        forms.begin(work, admin, form)
        return form_rows.open_for(work.session, admin.id).id

    def send():
        press = PressSend(form=row)
        return house.transact(forms.press, telegram_id=admin.telegram_id, press=press, message_id=9)

    row = house.transact(begin)
    correct(house, number, people.tata_usaha, NUMBER, "B-2/2026")
    refused = send()
    assert (refused.values["refusal"], refused.values["facts"]["value"]) == ("ChangedMeanwhile", "B-2/2026")
    assert refused.values["facts"]["by"] == people.members["tata_usaha"].name
    assert send().name == "corrected"
    assert house.case(number).letter.number == "B-1/2026"
