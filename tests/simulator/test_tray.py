"""What lies ready beside the phones: sample files, start links, the office's hours; and where they move the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from simulator import Options, Simulator, SimulatorClient, SimulatorRefusedError
from simulator.hours import Hours

FRIDAY = date(2026, 12, 4)
MONDAY = date(2026, 12, 7)
DAYS = {FRIDAY: (time(7, 30), time(16, 30)), MONDAY: (time(7, 30), time(16))}


async def test_what_a_person_is_stands_on_the_page_and_not_in_telegram(telegram, api):
    rina = await telegram.person("Rina", about="Analis SDM Aparatur")
    await rina.send("/start")

    (person,) = (await telegram.ask("GET", "/control/people"))["people"]
    (update,) = await api("getUpdates")

    assert person["about"] == "Analis SDM Aparatur"
    assert "about" not in update["message"]["from"]


async def test_samples_lie_in_the_order_in_which_they_were_put(telegram, rina):
    budi = await telegram.person("Budi")
    first = await telegram.add_sample(
        "Surat Permintaan.pdf", b"%PDF", mime_type="application/pdf", people=[rina, budi], note="untuk /mulai"
    )
    second = await telegram.add_sample("a.txt", b"isi", mime_type="text/plain")

    samples = (await telegram.ask("GET", "/control/samples"))["samples"]

    assert [sample["id"] for sample in samples] == [first, second]
    assert samples[0] == {
        "id": first,
        "name": "Surat Permintaan.pdf",
        "size": 4,
        "mime_type": "application/pdf",
        "for": [rina.id, budi.id],
        "note": "untuk /mulai",
    }
    assert (samples[1]["for"], samples[1]["note"]) == ([], None)


async def test_a_sample_is_for_people_who_exist(telegram):
    form = aiohttp.FormData({"for": "1"})
    form.add_field("file", b"isi", filename="a.txt")

    with pytest.raises(SimulatorRefusedError, match="no person 1"):
        await telegram.ask("POST", "/control/samples", form)


async def test_a_link_is_used_once(telegram):
    link = await telegram.add_link("Kepala Bagian Umum", "kode_1", name="Hadi")
    (listed,) = (await telegram.ask("GET", "/control/links"))["links"]

    await telegram.ask("DELETE", f"/control/links/{link}")

    said = {"label": "Kepala Bagian Umum", "payload": "kode_1", "until": None, "name": "Hadi", "about": None}
    assert listed == {"id": link, **said}
    assert (await telegram.ask("GET", "/control/links"))["links"] == []
    with pytest.raises(SimulatorRefusedError, match="used before"):
        await telegram.ask("DELETE", f"/control/links/{link}")
    assert await telegram.add_link("Kepala Bagian Umum", "kode_2") > link


async def test_a_link_that_somebody_has_followed_is_no_longer_there_whichever_way_he_took(telegram, rina):
    await telegram.add_link("Kepala Bagian Umum", "kode_1")
    await telegram.add_link("Analis", "kode_2")
    before = await telegram.last_change()

    await rina.send("/start kode_1")
    await rina.send("saya tidak menekan /start kode_2")

    assert [link["label"] for link in (await telegram.ask("GET", "/control/links"))["links"]] == ["Analis"]
    assert "tray" in [change["kind"] for change in await telegram.changes(since=before)]


async def test_a_link_expires_by_the_clock_and_is_made_anew_in_its_place(telegram):
    until = await telegram.clock() + timedelta(days=7)
    link = await telegram.add_link("Analis", "kode_1", until=until)
    other = await telegram.add_link("Kabag", "kode_2")

    async def ids():
        listed = await telegram.ask("GET", "/control/links")
        return [[each["id"] for each in listed[which]] for which in ("links", "expired")]

    assert await ids() == [[link, other], []]
    await telegram.advance(timedelta(days=7, seconds=1))
    assert await ids() == [[other], [link]]
    with pytest.raises(SimulatorRefusedError, match="has expired"):
        await telegram.ask("DELETE", f"/control/links/{link}")
    await telegram.renew_link(link, "kode_3", until=until + timedelta(days=7))

    assert await ids() == [[link, other], []]
    assert (await telegram.ask("GET", "/control/links"))["links"][0]["payload"] == "kode_3"


async def test_a_link_carries_only_what_telegram_lets_it(telegram):
    with pytest.raises(SimulatorRefusedError, match="1 to 64 characters"):
        await telegram.add_link("Kabag", "dua kata")


async def test_hours_are_kept_as_they_were_given(telegram):
    before = await telegram.ask("GET", "/control/hours")

    await telegram.office_hours("Asia/Makassar", DAYS)

    assert before == {"zone": "Asia/Jakarta", "days": {}}
    assert await telegram.ask("GET", "/control/hours") == {
        "zone": "Asia/Makassar",
        "days": {"2026-12-04": ["07:30", "16:30"], "2026-12-07": ["07:30", "16:00"]},
    }


async def test_hours_of_nowhere_and_of_a_day_that_ends_before_it_begins_are_refused(telegram):
    with pytest.raises(SimulatorRefusedError, match="no time zone 'Asia/Nowhere'"):
        await telegram.office_hours("Asia/Nowhere", DAYS)
    with pytest.raises(SimulatorRefusedError, match="2026-12-04 closes before it opens"):
        await telegram.office_hours("Asia/Jakarta", {FRIDAY: (time(16), time(7))})


async def test_everything_on_the_tray_survives_a_restart(tmp_path):
    options = Options(data=tmp_path)
    async with Simulator(options) as first, SimulatorClient(first.url) as telegram:
        rina = await telegram.person("Rina", about="Analis")
        await telegram.add_sample("a.txt", b"isi", mime_type="text/plain", people=[rina])
        await telegram.add_link("Kabag", "kode")
        await telegram.office_hours("Asia/Jayapura", DAYS)
        before = [await telegram.ask("GET", f"/control/{what}") for what in ("people", "samples", "links", "hours")]

    async with Simulator(options) as second, SimulatorClient(second.url) as telegram:
        after = [await telegram.ask("GET", f"/control/{what}") for what in ("people", "samples", "links", "hours")]

    assert after == before


@pytest.mark.parametrize(
    ("now", "opening", "working_day"),
    [
        # Friday afternoon: over the weekend; 16.15 is after Monday's closing, so Monday begins at its opening.
        ("2026-12-04T10:00+07:00", "2026-12-07T07:30+07:00", "2026-12-07T10:00+07:00"),
        ("2026-12-04T16:15+07:00", "2026-12-07T07:30+07:00", "2026-12-07T07:30+07:00"),
        # Before opening the day's own opening is the next one; at the very moment of opening it is no longer.
        ("2026-12-04T05:00+07:00", "2026-12-04T07:30+07:00", "2026-12-07T07:30+07:00"),
        ("2026-12-04T07:30+07:00", "2026-12-07T07:30+07:00", "2026-12-07T07:30+07:00"),
        # In UTC it is still Thursday: the office's own date counts.
        ("2026-12-03T23:00+00:00", "2026-12-04T07:30+07:00", "2026-12-07T07:30+07:00"),
    ],
)
def test_the_next_opening_and_the_next_working_day(now, opening, working_day):
    moment = datetime.fromisoformat(now)

    for hours in (Hours(days=DAYS), Hours()):
        assert hours.next("opening", moment) == datetime.fromisoformat(opening)
        assert hours.next("working_day", moment) == datetime.fromisoformat(working_day)


@pytest.mark.parametrize(
    ("now", "tomorrow"),
    [
        ("2026-12-03T08:00+07:00", "2026-12-04T14:00+07:00"),
        ("2026-12-04T14:00+07:00", "2026-12-05T14:00+07:00"),  # a Saturday: nothing rings there, and one may look
        ("2026-12-03T23:30+00:00", "2026-12-05T14:00+07:00"),  # at the office it is Friday already
    ],
)
def test_one_day_on_is_the_day_after_at_the_time_that_is_named(now, tomorrow):
    moment = datetime.fromisoformat(now)

    assert Hours(days=DAYS).next("day", moment, at=time(14)) == datetime.fromisoformat(tomorrow)
    assert Hours().next("day", moment) - moment == timedelta(days=1)


async def test_the_clock_goes_one_day_on(telegram):
    before = await telegram.clock()

    moved = await telegram.ask("POST", "/clock", {"next": "day", "at": "14:00"})

    zone = ZoneInfo("Asia/Jakarta")
    moment = datetime.fromisoformat(moved["now"]).astimezone(zone)
    assert (moment.date() - before.astimezone(zone).date(), moment.hour, moment.minute) == (timedelta(days=1), 14, 0)
    with pytest.raises(SimulatorRefusedError, match="isoformat"):
        await telegram.ask("POST", "/clock", {"next": "day", "at": "siang"})


def test_a_day_without_hours_is_passed_over():
    hours = Hours(days={FRIDAY: DAYS[FRIDAY], date(2026, 12, 9): (time(8), time(15))})

    assert hours.next("opening", datetime(2026, 12, 4, 8, tzinfo=UTC)) == datetime(2026, 12, 9, 1, tzinfo=UTC)


async def test_the_clock_goes_to_the_next_opening_and_says_where_the_hours_end(telegram):
    today = datetime.now(UTC).date()
    tomorrow = date.fromordinal(today.toordinal() + 2)
    await telegram.office_hours("UTC", {tomorrow: (time(7, 30), time(16))})

    moved = await telegram.ask("POST", "/clock", {"next": "opening"})

    assert datetime.fromisoformat(moved["now"]).replace(second=0, microsecond=0) == datetime.combine(
        tomorrow, time(7, 30), UTC
    )
    with pytest.raises(SimulatorRefusedError, match="no office hours are known"):
        await telegram.ask("POST", "/clock", {"next": "opening"})
    with pytest.raises(SimulatorRefusedError, match="the clock knows"):
        await telegram.ask("POST", "/clock", {"next": "holiday"})
