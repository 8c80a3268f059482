"""Notices and forms that builds before presses were values had recorded: they are shown and answered as they were meant."""

import pytest

from alur.workflow.forms import Form, begun
from alur.workflow.notices import PlaceOffered
from alur.workflow.older_presses import begins
from alur.workflow.presses import On, PlaceId, PressAct, PressOpen
from handlers.callbacks import encode
from tests import notices
from tests.factories import ANALIS, a_reader, walked
from tests.filling import answer_form, nadine_form, task_form

BEGINS = [
    # what a notice kept of the button that begins the new form, and the data that its button bore
    ({"act": "return", "subject": "c7.3", "revision": 2, "argument": "!"}, "return:c7.3:2:!"),
    ({"act": "ask", "subject": "c7.3", "revision": 0, "argument": "!"}, "ask:c7.3:0:!"),
    (
        {"act": "nadine", "subject": "c7", "revision": 0, "argument": "nota_dinas_rapat!"},
        "nadine:c7:0:nota_dinas_rapat!",
    ),
    ({"act": "answer", "subject": "c7", "revision": 0, "argument": "2!"}, "answer:c7:0:2!"),
    ({"act": "schedule", "subject": "c7", "revision": 0, "argument": "8!"}, "schedule:c7:0:8!"),
    ({"act": "open", "subject": "o", "revision": 0, "argument": "!"}, "open:o:0:!"),
]
PLACES = [
    ("7.undangan", PlaceId(case=7, document="undangan")),
    ("7.nota_dinas_rapat.s", PlaceId(case=7, document="nota_dinas_rapat", signed=True)),
    ("7.unit_file.f3dd4e58", PlaceId(case=7, document="unit_file", unit="f3dd4e58")),
]


def shown(template, about):
    return notices.shown(template, about, reader=a_reader(ANALIS))


@pytest.mark.parametrize(("new", "data"), BEGINS)
def test_a_question_whether_a_form_gives_way_is_shown_with_the_button_that_it_had(new, data):
    _, (go,) = shown("replace_form", {"form": 5, "old": "ask", "code": None, "new": new}).buttons
    assert encode(go.press) == data


@pytest.mark.parametrize(("token", "place"), PLACES)
def test_a_question_about_a_file_is_shown_with_the_places_that_it_offered(token, place):
    option = {"case_id": 7, "code": "ip-asn-2026", "token": token, "title": "Undangan rapat", "signed": place.signed}
    screen = shown("which_document", {"upload": 3, "name": "x.pdf", "options": [option]})
    assert encode(screen.buttons[0][0].press) == f"file:u3:0:{token}"
    offered = PlaceOffered.model_validate(option)
    assert offered.place == place
    assert PlaceOffered.model_validate(offered.model_dump(mode="json")) == offered


@pytest.mark.parametrize(
    "press",
    [PressOpen(replaces=True), PressAct(rule="return", case=7, on=On(task=3, revision=2), replaces=True)],
)
def test_a_press_is_kept_and_read_again(press):
    assert begins(press.model_dump(mode="json")) == press


def older(form, subject):
    """As the build before kept it."""
    kept = form.model_dump(mode="json")
    on = kept.pop("on")
    return kept | {"task": on["task"], "revision": on["revision"], "subject": subject}


def test_a_form_that_was_open_is_read_as_it_was_begun():
    asked = walked(9).ask(ANALIS, "kabag_umum")
    for form, subject in (
        (task_form(walked(6).s, "return", walked(6).task), None),
        (answer_form(asked.s, 1), "1"),
        (nadine_form(walked(9).s, "nota_dinas_rapat"), "nota_dinas_rapat"),
        (begun(Form(kind="open_case", fields=())), None),
    ):
        assert Form.model_validate(older(form, subject)) == form
        assert Form.model_validate(form.model_dump(mode="json")) == form
