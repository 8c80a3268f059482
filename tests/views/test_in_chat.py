"""Which files of a card are sent with it, and which it names because they stand in the chat already."""

from alur.views import cards
from alur.views.attachments import files_key
from alur.views.in_chat import InChat, parted
from alur.views.screen import Attachment
from alur.workflow.sop import TaskKind
from tests.factories import ANALIS, KABAG, a_file, a_reader, walked
from tests.views.test_cards import check_fits

A, B, C = (Attachment(version=number, file=a_file(f"{number}.pdf"), caption=None) for number in (1, 2, 3))
FILES = (A, B, C)
KEY = files_key(FILES)


def at(**messages):
    """The messages that brought each, by its letter."""
    files = {"a": A.file, "b": B.file, "c": C.file}
    return {(files[name].sha256, files[name].name): numbers for name, numbers in messages.items()}


def split(chat):
    found = parted(FILES, KEY, chat)
    return found.missing, found.own, found.above, found.newest


def test_what_never_came_is_sent():
    assert split(InChat()) == (FILES, (), (), None)


def test_what_stands_further_up_is_named_by_its_newest_message():
    assert split(InChat(sent=at(a=[5, 9], b=[7]))) == ((C,), (), (A, B), 9)


def test_what_the_post_itself_has_sent_is_neither_sent_again_nor_named():
    chat = InChat(sent=at(a=[5], b=[10]), copy=6, with_copy=(10,), key=KEY)
    assert split(chat) == ((C,), (10,), (A,), 5)
    assert split(chat) == split(chat)


def test_a_new_post_of_the_same_files_names_what_came_with_the_copy_before():
    chat = InChat(sent=at(a=[5], b=[6], c=[7]), copy=8, with_copy=(5, 6, 7), key=KEY)
    assert split(chat) == ((), (), FILES, 7)


def test_a_post_that_was_begun_for_other_files_begins_anew_and_sends_none_twice():
    chat = InChat(sent=at(a=[10]), copy=6, with_copy=(10,), key="another")
    assert split(chat) == ((B, C), (), (A,), 10)


def test_an_edit_names_what_its_copy_named_and_not_what_came_since():
    chat = InChat(sent=at(a=[5, 20], b=[10], c=[21]), copy=12, with_copy=(10,), key=KEY, is_due=False)
    assert split(chat) == ((C,), (10,), (A,), 5)


def test_the_same_bytes_under_another_name_are_another_file():
    chat = InChat(sent={(A.file.sha256, "other.pdf"): [5]})
    assert split(chat)[0] == FILES


def test_a_card_says_how_many_stand_above_and_a_closed_one_nothing():
    walk = walked(6)
    reader, task = a_reader(KABAG, walk.office), walk.task.id
    whole = cards.card(walk.s, case_id=7, task=task, reader=reader)
    there = {(item.file.sha256, item.file.name): [5 + number] for number, item in enumerate(whole.files)}

    def shown():
        return cards.card(walk.s, case_id=7, task=task, reader=reader, in_chat=InChat(sent=there))

    post = shown()
    assert (post.files, post.reply_to, post.files_key) == ((), 5 + len(there) - 1, whole.files_key)
    assert "Berkas di atas: 2.\n" in post.screen.text
    assert "Berkas di atas" not in whole.screen.text
    check_fits(post)
    walk.approve(KABAG)
    closed = shown()
    assert (closed.files, closed.reply_to, "Berkas di atas" in closed.screen.text) == ((), None, False)


def test_of_a_document_with_several_versions_the_one_above_is_named():
    walk = walked(6).upload(ANALIS, "data_awal")
    reader, task = a_reader(KABAG, walk.office), walk.task.id
    files = cards.card(walk.s, case_id=7, task=task, reader=reader).files
    there = InChat(sent={(item.file.sha256, item.file.name): [5] for item in files})
    walk.case = walk.case.model_copy(update={"versions": tuple(_as_first(item) for item in walk.case.versions)})
    text = cards.card(walk.s, case_id=7, task=task, reader=reader, in_chat=there).screen.text
    assert "Berkas di atas: Data awal capaian IP ASN (versi 2) dan 1 lainnya." in text


def _as_first(version):
    """As if it had replaced nothing: what was replaced is named by the card itself."""
    return version.model_copy(update={"replaces": None})


def test_a_meetings_card_says_nothing_of_what_is_not_decided_there():
    walk = walked(4)
    reader, task = a_reader(KABAG, walk.office), walk.task.id
    files = cards.card(walk.s, case_id=7, task=task, reader=reader).files
    there = InChat(sent={(item.file.sha256, item.file.name): [5] for item in files})
    post = cards.card(walk.s, case_id=7, task=task, reader=reader, in_chat=there)
    assert (post.files, post.reply_to, "di atas" in post.screen.text) == ((), 5, False)


def test_a_file_that_stands_there_as_another_version_is_named_as_that_too():
    """A desk of this SOP that decides on such a file never read the draft; another SOP's may."""
    walk = walked(8)
    direct = walk.task.model_copy(update={"kind": TaskKind.DIRECT})
    walk.case = walk.case.model_copy(update={"tasks": (*walk.case.tasks[:-1], direct)})
    reader, task = a_reader(KABAG, walk.office), walk.task.id
    (file,) = cards.card(walk.s, case_id=7, task=task, reader=reader).files
    first = next(item for item in walk.case.versions if item.file == file.file)
    there = InChat(sent={(file.file.sha256, file.file.name): [5]}, sent_as={5: first.id})
    text = cards.card(walk.s, case_id=7, task=task, reader=reader, in_chat=there).screen.text
    assert "Berkas di atas: versi 2, terkirim sebagai data awal capaian IP ASN versi 1." in text
