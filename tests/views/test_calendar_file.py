"""The calendar file beside an invitation: what a phone reads in it, before and after a change."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from alur.views import cards
from alur.views.attachments import files_key
from tests.factories import ANALIS, BIRO, KABAG, SARI, WIB, a_reader, walked

LATER = datetime(2026, 11, 16, 13, 0, tzinfo=WIB)


def attached(walk, member):
    post = cards.card(walk.s, case_id=7, task=walk.task.id, reader=a_reader(member, walk.office))
    return [item for item in post.files if item.content is not None]


def event(walk, member=SARI):
    (item,) = attached(walk, member)
    calendar = Calendar.from_ical(item.content)
    assert calendar["METHOD"] == "PUBLISH"
    (found,) = calendar.walk("VEVENT")
    return found


def test_an_invitation_comes_with_a_calendar_file():
    walk = walked(4)
    (item,) = attached(walk, SARI)
    assert (item.file.name, item.file.mime, item.file.kind) == ("rapat-ip-asn-2026-4.ics", "text/calendar", "document")
    assert item.file.size == len(item.content)
    assert item.version is None
    found = event(walk)
    assert found.decoded("dtstart") == datetime(2026, 11, 12, 9, 30, tzinfo=WIB)
    assert found.decoded("duration") == timedelta(hours=2)
    assert found.decoded("dtstamp") == walk.case.meeting(4).at.astimezone(UTC)
    assert str(found["summary"]) == "Rapat internal rekonsiliasi data capaian (ip-asn-2026)"
    assert str(found["location"]) == "Ruang Rapat Lantai 4"
    assert str(found["status"]) == "CONFIRMED"


def test_everybody_has_the_same_file_and_each_showing_the_same_bytes():
    walk = walked(4)
    once = {attached(walk, member)[0].content for member in (SARI, KABAG, ANALIS)}
    assert once == {attached(walk, SARI)[0].content}


def test_a_changed_meeting_keeps_its_uid_and_moves_its_sequence():
    walk = walked(4)
    before, key = event(walk), files_key(tuple(attached(walk, SARI)))
    walk.schedule(ANALIS, 4, starts=LATER, place="Aula, Lantai 1; sayap kiri\nGedung A")
    after = event(walk)
    assert after["uid"] == before["uid"] == "ip-asn-2026-4@alur"
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("dtstart") == LATER
    assert str(after["location"]) == "Aula, Lantai 1; sayap kiri\nGedung A"
    assert files_key(tuple(attached(walk, SARI))) != key


def test_a_meeting_that_was_called_off_is_taken_out_of_calendars():
    walk = walked(4)
    before, key = event(walk), files_key(tuple(attached(walk, SARI)))
    walk.call_off()
    after = event(walk)
    assert str(after["status"]) == "CANCELLED"
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstamp") > before.decoded("dtstamp")
    assert files_key(tuple(attached(walk, SARI))) != key


def test_once_the_meeting_has_begun_its_file_comes_no_more():
    """Nor does the card say that it is attached."""
    walk = walked(4)
    starts = walk.case.meeting(4).starts
    for moment, count in ((starts - timedelta(minutes=1), 1), (starts, 0), (starts + timedelta(days=1), 0)):
        walk.at = moment
        for member in (SARI, KABAG, ANALIS):
            assert len(attached(walk, member)) == count
        said = cards.card(walk.s, case_id=7, task=walk.task.id, reader=a_reader(SARI, walk.office)).screen.text
        assert ("jadwal untuk kalender ponsel" in said) == bool(count)
        assert "kami lampirkan di atas." in said


def test_the_outside_party_needs_no_file_of_its_own_meeting():
    walk = walked(8).schedule(BIRO, 8)
    assert attached(walk, BIRO) == []
    assert event(walk, KABAG)["uid"] == "ip-asn-2026-8@alur"


def test_without_a_date_there_is_no_file():
    assert attached(walked(8), KABAG) == []
    assert attached(walked(5), ANALIS) == []
