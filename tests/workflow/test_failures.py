"""How many failures of delivery a chain takes in on one day."""

from datetime import date

from alur.workflow.failures import MOST, is_room

TODAY, YESTERDAY = date(2026, 11, 3), date(2026, 11, 2)


def written(count, *, act="message_set_aside", on=TODAY):
    return [(on, {"act": {"act": act}})] * count


def test_there_is_room_until_so_many_of_a_kind_are_written_and_the_last_is_known():
    assert is_room(written(0), "message_set_aside", TODAY) == (True, False)
    assert is_room(written(MOST - 2), "message_set_aside", TODAY) == (True, False)
    assert is_room(written(MOST - 1), "message_set_aside", TODAY) == (True, True)
    assert is_room(written(MOST), "message_set_aside", TODAY)[0] is False


def test_other_kinds_other_days_and_what_is_no_act_count_for_nothing():
    others = [*written(MOST, act="approve"), *written(MOST, on=YESTERDAY), (TODAY, {"n": 1})]
    assert is_room(others, "message_set_aside", TODAY) == (True, False)
