"""What lies ready beside the phones: sample files to send, start links to use, the office's hours for the clock."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.hours import Hours
from simulator.state.files import Upload
from simulator.state.store import Store

LINKS = "SELECT link_id, label, payload, until, name, about FROM links LEFT JOIN link_details USING (link_id)"
SAMPLES = "SELECT sample_id, name, mime_type, people, note, length(bytes) FROM samples"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A file to be sent; `people` are the user ids of those beside whose phones it lies, none means everybody's."""

    sample_id: int
    name: str
    mime_type: str
    people: tuple[int, ...]
    note: str | None
    size: int

    def view(self) -> dict[str, Any]:
        return {
            "id": self.sample_id,
            "name": self.name,
            "size": self.size,
            "mime_type": self.mime_type,
            "for": list(self.people),
            "note": self.note,
        }


@dataclass(frozen=True, kw_only=True)
class Link:
    """A start link that somebody may follow `until` then, None: for ever; `name` and `about` are who it is meant for."""

    link_id: int
    label: str
    payload: str
    until: datetime | None = None
    name: str | None = None
    about: str | None = None

    def holds(self, now: datetime) -> bool:
        return self.until is None or now <= self.until

    def view(self) -> dict[str, Any]:
        return {
            "id": self.link_id,
            "label": self.label,
            "payload": self.payload,
            "until": self.until and self.until.isoformat(),
            "name": self.name,
            "about": self.about,
        }


class Tray:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add_sample(self, upload: Upload, *, people: tuple[int, ...], note: str | None) -> Sample:
        sample_id = self._store.next("sample")
        mime_type = upload.mime_type or "application/octet-stream"
        sql = "INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?)"
        self._store.run(sql, sample_id, upload.name, mime_type, json.dumps(people), note, upload.data)
        return Sample(
            sample_id=sample_id,
            name=upload.name,
            mime_type=mime_type,
            people=people,
            note=note,
            size=len(upload.data),
        )

    def samples(self) -> list[Sample]:
        """In the order in which they were put."""
        return [_sample(row) for row in self._store.rows(f"{SAMPLES} ORDER BY sample_id")]

    def sample(self, sample_id: int) -> tuple[Sample, bytes] | None:
        row = self._store.row(f"{SAMPLES} WHERE sample_id = ?", sample_id)
        data = self._store.value("SELECT bytes FROM samples WHERE sample_id = ?", sample_id)
        return (_sample(row), data) if row and data is not None else None

    def add_link(
        self, label: str, payload: str, *, until: datetime | None, name: str | None, about: str | None
    ) -> Link:
        cursor = self._store.run("INSERT INTO links (label, payload) VALUES (?, ?)", label, payload)
        link = Link(
            link_id=int(cursor.lastrowid or 0), label=label, payload=payload, until=until, name=name, about=about
        )
        details = (link.link_id, until and until.isoformat(), name, about)
        self._store.run("INSERT INTO link_details VALUES (?, ?, ?, ?)", *details)
        return link

    def links(self) -> list[Link]:
        """Those that nobody has followed, also where their time is over."""
        return [_link(row) for row in self._store.rows(f"{LINKS} ORDER BY link_id")]

    def link(self, link_id: int) -> Link | None:
        row = self._store.row(f"{LINKS} WHERE link_id = ?", link_id)
        return _link(row) if row else None

    def renew_link(self, link_id: int, payload: str, *, until: datetime | None) -> None:
        """The same in its place, with another payload."""
        self._store.run("UPDATE links SET payload = ? WHERE link_id = ?", payload, link_id)
        sql = "INSERT INTO link_details (link_id, until) VALUES (?, ?) ON CONFLICT DO UPDATE SET until = excluded.until"
        self._store.run(sql, link_id, until and until.isoformat())

    def use_link(self, link_id: int) -> None:
        self._store.run("DELETE FROM links WHERE link_id = ?", link_id)

    def follow(self, payload: str) -> bool:
        """Somebody starts the bot with it: whether a link was taken away by that."""
        return self._store.run("DELETE FROM links WHERE payload = ?", payload).rowcount > 0

    def set_hours(self, hours: Hours) -> None:
        self._store.put_setting("hours", hours.view())

    def hours(self) -> Hours:
        kept = self._store.setting("hours")
        return Hours.read(kept) if kept else Hours()


def _link(row: Any) -> Link:
    link_id, label, payload, until, name, about = row
    moment = datetime.fromisoformat(until) if until else None
    return Link(link_id=link_id, label=label, payload=payload, until=moment, name=name, about=about)


def _sample(row: Any) -> Sample:
    sample_id, name, mime_type, people, note, size = row
    return Sample(
        sample_id=sample_id, name=name, mime_type=mime_type, people=tuple(json.loads(people)), note=note, size=size
    )
