import re
from collections import Counter
from io import StringIO

from rich.console import Console

from bot.rehearsal import profiles
from bot.rehearsal.expectations import Expectations
from bot.rehearsal.run import play
from bot.rehearsal.transcript import PLAIN_WIDTH, Transcript
from simulator import PressAnswer
from tests.finder import judge
from tests.rehearsal.short_cards import open_cards
from tests.views.test_short_cards import MOST_BUTTONS, MOST_WORDS

STUB = re.compile(r"^<i>.*(dilanjutkan pada pesan di bawah|tercatat|ditutup|tidak berlaku lagi).*</i>$|^Isian ")
STUBS = (
    10  # lines that forms leave in all chats of this case: 42, and 24 copies of questions, when each was asked twice
)
KABAG = "Yth. Kepala Bagian Umum,"
MOST = 20  # files to the Kabag in this case of three returns: 31 when each card brought its own


def test_the_case_is_archived_and_every_expectation_holds_and_telegram_makes_no_link_of_a_name(tmp_path, played):
    status, told, calls = played()
    assert status == 0, told[-6000:]
    assert "The case is archived" in told
    assert "↩ Data awal capaian IP ASN · versi 1" in told
    assert max(map(len, told.splitlines())) <= PLAIN_WIDTH
    assert (tmp_path / "data" / "alur.sqlite3").exists()
    assert "alur has stopped" in (tmp_path / "data" / "bot.log").read_text()
    judge(calls)
    shown = list(open_cards(calls))
    assert len(shown) > 40
    assert max(map(words, shown)) <= MOST_WORDS, max(shown, key=words)
    assert max(len(labels) for _, labels in shown) <= MOST_BUTTONS
    files = _files_to(KABAG, calls)
    assert len(files) <= MOST
    assert [name for name, times in Counter(files).items() if times > 1] == []
    left = _standing(calls)
    assert [text for text, markup in left if "force_reply" in markup or '"Batal"' in markup] == []
    stubs = [text for text, _ in left if STUB.search(text)]
    assert len(stubs) <= STUBS, stubs


def _standing(calls):
    """Text and keyboard of each message that still stands in a chat, as it was last written."""
    found = {}
    for call in calls:
        given, method = call["parameters"], call["method"].lower()
        if not (call["answer"] and call["answer"]["ok"]):
            continue
        if method == "sendmessage":
            found[call["answer"]["result"]["message_id"]] = (given["text"], str(given.get("reply_markup", "")))
        elif method == "editmessagetext":
            found[int(given["message_id"])] = (given["text"], str(given.get("reply_markup", "")))
        elif method == "deletemessage":
            found.pop(int(given["message_id"]), None)
    return list(found.values())


def words(card):
    """As a reader counts them, people's own among them."""
    return len(card[0].split())


def _files_to(salutation, calls):
    """The names (None: a photo's) of all files that were sent to the chat whose person is addressed so."""
    chats = {call["parameters"]["chat_id"] for call in calls if salutation in str(call["parameters"].get("text"))}
    assert len({str(chat) for chat in chats}) == 1, chats
    found = []
    for call in calls:
        if str(call["parameters"].get("chat_id")) in map(str, chats) and call["answer"] and call["answer"]["ok"]:
            result = call["answer"]["result"]
            sent = result if isinstance(result, list) else [result]
            found += [
                item.get("document", {}).get("file_name")
                for item in sent
                if isinstance(item, dict) and {"document", "photo", "voice"} & item.keys()
            ]
    return found


def test_a_folder_with_something_in_it_is_refused(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("mine")
    assert play(tmp_path) == 1
    assert "not empty" in capsys.readouterr().err


def test_a_failed_expectation_is_told_with_what_was_there():
    out = StringIO()
    expectations = Expectations(part="Step 6")
    expectations.equal("the card has its buttons", ("Setujui",), ("Setujui", "Kembalikan"))
    expectations.says("the toast", "Terima kasih, Ibu.", ["Terima kasih"])
    Transcript(Console(file=out, width=100)).end(expectations, ending=None, trouble=None)
    told = " ".join(out.getvalue().split())
    assert "the card has its buttons: ('Setujui',) instead of ('Setujui', 'Kembalikan')" in told
    assert "The script did not come to its end; 1 of 2 expectations held" in told


def test_an_alert_is_told_apart_from_a_toast():
    out = StringIO()
    transcript = Transcript(Console(file=out, width=100))
    for alert in (False, True):
        transcript.answer(PressAnswer(answered=True, text="Tercatat.", alert=alert, query_id="1", update_id=1))
    assert out.getvalue().split("\n")[:2] == ["    toast: Tercatat.", "    alert: Tercatat."]


def test_no_two_people_have_one_name():
    assert len({profile.name for profile in profiles.INVITED}) == len(profiles.INVITED)
