"""The judge's rule: each trouble is the reason of at most one message too many in each chat, and only where it can be."""

from datetime import timedelta

from tests.chaos.duplicates import Sent, Strike, unexplained
from tests.chaos.ledger import Ledger
from tests.chaos.target import MONDAY

ANI, BUDI = 1, 2


def sent(moment, *, chat=ANI, logged=0.1, is_answered=True):
    at = None if logged is None else moment + logged
    return Sent(chat=chat, moment=moment, logged=at, is_answered=is_answered, says="Yth. Ibu Ani")


def strike(begun, kind="kills", *, lasts=0.0, of_leader=True):
    return Strike(kind=kind, begun=begun, ended=begun + lasts, of_leader=of_leader)


def test_a_call_that_got_no_answer_is_the_reason_of_what_it_sent():
    assert unexplained([sent(5, is_answered=False), sent(6, is_answered=False)], []) == []


def test_without_a_trouble_there_is_no_reason():
    post = sent(5)
    assert unexplained([post], []) == [post]


def test_a_kill_is_the_reason_of_one_message_in_each_chat():
    first, second, other = sent(5), sent(5.2), sent(5, chat=BUDI)
    assert unexplained([first, other], [strike(5.3)]) == []
    assert len(unexplained([first, second, other], [strike(5.3)])) == 1
    assert unexplained([first, second, other], [strike(5.3), strike(5.6)]) == []


def test_a_kill_that_comes_long_after_the_answer_or_before_the_message_is_no_reason():
    post = sent(5)
    assert unexplained([post], [strike(30)]) == [post]
    assert unexplained([post], [strike(2)]) == [post]


def test_what_is_kept_in_hand_while_nothing_can_be_written_may_be_lost_later():
    post = sent(5)
    assert unexplained([post], [strike(5, "locks of the database", lasts=7), strike(12)]) == []
    assert unexplained([post], [strike(20, "locks of the database", lasts=7), strike(12)]) == [post]


def test_a_full_disk_alone_is_no_reason():
    post = sent(5)
    assert unexplained([post], [strike(4, "full disks", lasts=5)]) == [post]


def test_a_standby_that_dies_is_no_reason():
    post = sent(5)
    assert unexplained([post], [strike(5.3, of_leader=False)]) == [post]


def test_whoever_lost_the_lead_may_send_once_more_in_each_chat_until_he_notices():
    cut = strike(5, "lead cuts")
    assert unexplained([sent(6.5)], [cut]) == []
    assert len(unexplained([sent(6.5), sent(7.5)], [cut])) == 1
    assert len(unexplained([sent(12)], [cut])) == 1


def test_a_message_whose_call_was_forgotten_needs_a_restart_of_telegram():
    post = sent(5, logged=None)
    assert unexplained([post], [strike(5.5, "restarts of Telegram", lasts=2)]) == []
    assert unexplained([post], [strike(5.5)]) == [post]


def test_a_call_that_was_hung_up_on_is_explained_by_whoever_woke_without_the_lead_and_by_nobody_else():
    post = sent(8, logged=None)
    assert unexplained([post], [strike(2, "stops", lasts=6)]) == []
    assert unexplained([post], [strike(7, "lead cuts", lasts=0.2)]) == []
    assert unexplained([post], [strike(2, "stops", lasts=1)]) == [post]
    assert unexplained([post], [strike(7.9, "kills")]) == [post]


def test_the_reasons_are_dealt_out_so_that_as_many_as_can_be_are_explained():
    early, late = sent(5), sent(9)  # the earlier one may have either reason, the later one the second alone
    assert unexplained([late, early], [strike(5.5, "lead cuts"), strike(9.5)]) == []


def test_the_ledger_knows_when_a_moment_of_the_moved_clock_was():
    ledger = Ledger(now=MONDAY)
    ledger._moves.append((MONDAY + timedelta(hours=5), 10.0))
    assert ledger.real(MONDAY + timedelta(seconds=4)) == 4.0
    assert ledger.real(MONDAY + timedelta(seconds=12)) == 10.0  # nothing was sent in the hours that were left out
    assert ledger.real(MONDAY + timedelta(hours=5, seconds=2)) == 12.0
    assert ledger.real(MONDAY + timedelta(hours=5) - timedelta(seconds=0.5)) == 10.0  # dated in whole seconds
