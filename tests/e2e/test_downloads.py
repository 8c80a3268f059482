"""Files on their way from Telegram: of its server alone, to the byte, and no longer than a minute."""

import asyncio
from types import SimpleNamespace

import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter

from alur.services.cases.perform import open_, perform
from alur.services.incoming import form_input
from alur.storage import cases, inbox
from alur.storage.file_store import FileStore
from bot.telegram import downloads
from handlers.context import DownloadFailed
from simulator import Options
from simulator.faults import FaultKind
from tests.e2e.desk import MONDAY, TOKEN
from tests.e2e.test_files import RECEIVED
from tests.factories import only_task
from tests.hurry import hurry
from tests.papers import paper

FAILED = "Pengunduhannya terputus"
NAME = "Data capaian.xlsx"


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    hurry(monkeypatch, "DOWNLOAD", pause=0.05)


def stored(office):
    """The bytes of the newest Data capaian."""
    file = office.case.newest("data_capaian").file
    with FileStore(office.settings.files_dir).path(file.sha256).open("rb") as found:
        return found.read()


# What Telegram sent


async def test_a_file_of_this_machine_that_bears_telegrams_path_is_not_read(office, tmp_path, monkeypatch):
    await office.walk_to(2)
    (tmp_path / "documents").mkdir()
    for number in range(40):
        (tmp_path / "documents" / f"file_{number}.xlsx").write_bytes(b"ours")
    monkeypatch.chdir(tmp_path)
    await office["analis_sdm"].send_file(NAME, paper(NAME, b"sent"))
    await office.says("analis_sdm", RECEIVED)
    assert stored(office) == paper(NAME, b"sent")


@pytest.mark.parametrize("kind", [FaultKind.SHORT, FaultKind.PAGE, FaultKind.CUT_AFTER])
async def test_what_is_not_of_the_announced_size_is_fetched_again(office, kind):
    await office.walk_to(2)
    await office.telegram.faults(kind, "download", times=2)
    await office["analis_sdm"].send_file(NAME, paper(NAME, b"all of it"))
    await office.says("analis_sdm", RECEIVED)
    assert stored(office) == paper(NAME, b"all of it")


@pytest.mark.parametrize("kind", [FaultKind.SHORT, FaultKind.PAGE])
async def test_what_never_comes_whole_is_asked_for_again(office, monkeypatch, kind):
    hurry(monkeypatch, "DOWNLOAD", within=0)
    await office.walk_to(2)
    await office.telegram.faults(kind, "download", times=None)
    await office["analis_sdm"].send_file(NAME, paper(NAME, b"all of it"))
    await office.says("analis_sdm", FAILED, "Mohon mengirimnya kembali")
    await office.settled()
    assert office.case.newest("data_capaian") is None


async def test_a_file_that_telegram_no_longer_has_is_asked_for_again_at_once(office):
    await office.walk_to(2)
    await office.telegram.faults("server_error", "download", times=None, status=404)
    await office["analis_sdm"].send_file(NAME, paper(NAME, b"gone"))
    await office.says("analis_sdm", FAILED)
    assert len(await office.calls("getFile")) == 1


# How often it is tried


class Server:
    """Answers getFile one after the other, and each download with the same bytes."""

    base_file_url, token = "http://127.0.0.1/file/bot1:x", "1:x"

    def __init__(self, *answers, status=200, data=b"1234"):
        self.answers, self.asked, self.status, self.data = list(answers), 0, status, data
        self.request = SimpleNamespace(do_request=self.do_request)

    async def do_api_request(self, *_, **__):
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def do_request(self, url, method):
        assert (url, method) == ("http://127.0.0.1/file/bot1:x/documents/a%20b.pdf", "GET")
        return self.status, self.data


FOUND = {"file_path": "documents/a b.pdf", "file_size": 4}


async def downloaded(server, size=None, local=None):
    async def in_thread(job):
        return job()

    return await downloads.download(server, "id", size=size, local=local, in_thread=in_thread)


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("Wrong file_id or the file is temporarily unavailable"),
        NetworkError("cut"),
        InvalidToken("a proxy's"),
        RetryAfter(0),
        {"file_size": 4},
    ],
)
async def test_what_passes_is_tried_again(error):
    server = Server(error, FOUND)
    assert await downloaded(server, size=4) == b"1234"
    assert server.asked == 2


@pytest.mark.parametrize("words", ["File is too big", "Invalid file_id", "file_id not specified"])
async def test_what_telegram_will_never_hand_over_is_asked_for_once(words):
    server = Server(BadRequest(words), FOUND)
    with pytest.raises(DownloadFailed):
        await downloaded(server)
    assert server.asked == 1


@pytest.mark.parametrize(("size", "told"), [(3, 4), (4, 5), (None, 5), (5, None)])
async def test_both_sizes_that_were_told_must_be_kept(monkeypatch, size, told):
    hurry(monkeypatch, "DOWNLOAD", within=0.0)
    with pytest.raises(DownloadFailed):
        await downloaded(Server({"file_path": "documents/a b.pdf", "file_size": told}), size=size)


async def test_where_no_size_was_told_all_is_taken():
    assert await downloaded(Server({"file_path": "documents/a b.pdf"})) == b"1234"


async def test_nobody_waits_longer_than_the_patience_whatever_telegram_wishes(monkeypatch):
    hurry(monkeypatch, "DOWNLOAD", within=0.5)
    server = Server(RetryAfter(10_000))
    async with asyncio.timeout(5):
        with pytest.raises(DownloadFailed):
            await downloaded(server)


async def test_a_download_that_hangs_is_cut_off(monkeypatch):
    hurry(monkeypatch, "DOWNLOAD", within=0.2)
    server = Server(FOUND)

    async def hangs(url, method):
        await asyncio.Event().wait()

    server.request = SimpleNamespace(do_request=hangs)
    async with asyncio.timeout(5):
        with pytest.raises(DownloadFailed):
            await downloaded(server)


# A server in local mode


class TestLocalMode:
    @pytest.fixture
    def folder(self, tmp_path):
        folder = tmp_path / "bot-api"
        folder.mkdir()
        return folder

    @pytest.fixture
    def options(self, folder):
        return Options(token=TOKEN, start=MONDAY, local_files=folder)

    def reads(self, office, folder):
        office.settings = office.settings.model_copy(update={"files_local": folder})

    async def test_its_files_are_read_from_the_folder_that_is_named(self, office, folder):
        self.reads(office, folder)
        await office.walk_to(2)
        await office["analis_sdm"].send_file(NAME, paper(NAME, b"local"))
        await office.says("analis_sdm", RECEIVED)
        assert stored(office) == paper(NAME, b"local")

    async def test_without_a_folder_its_sender_hears_at_once_and_goes_on(self, office):
        await office.walk_to(2)
        await office["analis_sdm"].send_file(NAME, paper(NAME, b"local"))
        await office["analis_sdm"].send("/bantuan")
        await office.says("analis_sdm", FAILED)
        await office.settled()

    @pytest.mark.parametrize("how", ["outside", "link"])
    async def test_nothing_outside_of_the_folder_is_read(self, office, folder, tmp_path, how):
        inside = tmp_path / "inside"
        inside.mkdir()
        if how == "link":
            (inside / "bot-api").symlink_to(folder)
        self.reads(office, inside)
        await office.walk_to(2)
        await office["analis_sdm"].send_file(NAME, paper(NAME, b"local"))
        await office.says("analis_sdm", FAILED)
        await office.settled()
        assert office.case.newest("data_capaian") is None

    async def test_a_link_inside_that_leads_out_is_not_followed(self, tmp_path):
        (tmp_path / "secret").write_bytes(b"1234")
        folder = tmp_path / "local"
        folder.mkdir()
        (folder / "a.pdf").symlink_to(tmp_path / "secret")
        server = Server({"file_path": str(folder / "a.pdf"), "file_size": 4})
        with pytest.raises(DownloadFailed):
            await downloaded(server, local=folder)
        (folder / "b.pdf").write_bytes(b"1234")
        assert await downloaded(Server({"file_path": str(folder / "b.pdf")}), local=folder) == b"1234"

    async def test_a_file_that_cannot_be_read_ends_with_a_word_and_its_sender_goes_on(
        self, office, folder, monkeypatch
    ):
        hurry(monkeypatch, "DOWNLOAD", within=0)
        monkeypatch.setattr("simulator.methods.media.Path.write_bytes", lambda *_: 0)
        self.reads(office, folder)
        await office.walk_to(2)
        await office["analis_sdm"].send_file(NAME, paper(NAME, b"never there"))
        await office.says("analis_sdm", FAILED)
        await office["analis_sdm"].send("/bantuan")
        await office.settled()


# Meanwhile


@pytest.fixture
def gate(monkeypatch):
    """Downloads wait until it is opened; `begun` is set when one does."""
    gate, fetch = SimpleNamespace(may=asyncio.Event(), begun=asyncio.Event()), downloads._fetch

    async def waits(bot, path):
        gate.begun.set()
        await gate.may.wait()
        return await fetch(bot, path)

    monkeypatch.setattr(downloads, "_fetch", waits)
    return gate


def second_case_at_step_two(work, office):
    from datetime import date

    from alur.workflow.engine.acts.open_case import OpenCase

    letter = OpenCase(
        by=office.members["tata_usaha"],
        period="2027",
        letter_number="1",
        letter_date=date(2026, 10, 30),
        file=office.stored("surat.pdf"),
    )
    number = open_(work, work.procedures[0], letter)[1]
    while (task := only_task(case := cases.get(work.session, number).case)).step < 2:
        for act in office._move(work, case, task):
            assert perform(work, number, act).refusal is None
    return number


async def two_cases(office):
    """Rina prepares in both; returns her cards."""
    await office.walk_to(2)
    office.transact(second_case_at_step_two, office)
    await office["analis_sdm"].send("/tugas")
    await office.settled()
    cards = [item for item in await office["analis_sdm"].messages() if "Ajukan" in str(item.labels)]
    return tuple(next(item for item in reversed(cards) if f"ip-asn-{year}" in item.text) for year in (2026, 2027))


def acts_of(office, period):
    from alur.storage import audit

    with office.database.read() as session:
        record = next(item for item in cases.all_(session) if item.case.period == period)
        return [entry.entry["act"]["act"] for entry in audit.entries(session, record.id)]


async def test_while_a_file_is_fetched_commands_and_presses_about_other_cases_are_taken(office, gate):
    this, other = await two_cases(office)
    rina = office["analis_sdm"]
    gate.may.set()
    await rina.send_file("Konsep undangan.docx", paper("Konsep undangan.docx", b"1"), reply_to=this)
    await office.says(rina, RECEIVED)
    await office.settled()
    this = await office.now(rina, this)
    gate.may.clear()
    gate.begun.clear()
    await rina.send_file(NAME, paper(NAME, b"2"), reply_to=this)
    await gate.begun.wait()

    waits = asyncio.create_task(rina.press(this, "Ajukan"))
    await office.until(lambda: undone(office, 2), "the press to be received")
    assert (await office.tap(rina, "Tanya", other)).answered
    help_ = await rina.send("/bantuan")
    await office.says(rina, "Bantuan", after=help_)
    assert not waits.done()
    assert acts_of(office, "2026")[-1] == "upload"

    gate.may.set()
    assert (await waits).answered
    assert acts_of(office, "2026")[-2:] == ["upload", "submit"]


def undone(office, count):
    with office.database.read() as session:
        return len(inbox.of_sender(session, office["analis_sdm"].id, 20)) == count


async def test_killed_while_a_file_is_fetched_the_order_within_its_case_stays(office, gate):
    this, other = await two_cases(office)
    rina = office["analis_sdm"]
    await rina.send_file(NAME, paper(NAME, b"2"), reply_to=this)
    await gate.begun.wait()
    await rina.press(this, "Tanya", timeout=0)
    await office.tap(rina, "Ada Kendala", other)
    await office.kill()
    gate.begun.clear()
    office.start()
    await gate.begun.wait()
    assert acts_of(office, "2026")[-1] != "upload"
    gate.may.set()
    await office.says(rina, RECEIVED, NAME)
    await office.settled()
    assert acts_of(office, "2026").count("upload") == 1


async def test_where_the_files_case_cannot_be_told_what_is_about_one_of_them_waits(office, gate):
    _, other = await two_cases(office)
    rina = office["analis_sdm"]
    await rina.send_file("Data capaian 2026.xlsx", paper("Data capaian 2026.xlsx", b"2"))
    await gate.begun.wait()
    waits = asyncio.create_task(rina.press(other, "Tanya"))
    await office.until(lambda: undone(office, 2), "the press to be received")
    help_ = await rina.send("/bantuan")
    await office.says(rina, "Bantuan", after=help_)
    assert not waits.done()
    gate.may.set()
    assert (await waits).answered


async def test_a_form_that_was_begun_after_a_file_was_sent_does_not_take_it(office):
    await office.walk_to(6)
    earlier = await office["kabag_umum"].send("/bantuan")
    await office.settled()
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    await office.asked("kabag_umum")
    later = await office["kabag_umum"].send("/bantuan")
    await office.settled()

    def wants(work, update):
        return form_input.wanted(work, telegram_id=office["kabag_umum"].id, reply=None, update_id=update)

    assert not office.transact(wants, earlier.update_id)
    assert office.transact(wants, later.update_id)
