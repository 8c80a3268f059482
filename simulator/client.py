"""People on their phones, for scripts and tests: a client of the control API.

async with SimulatorClient(url) as telegram:
    rina = await telegram.person("Rina")
    sent = await rina.send("/start abc")
    card = await rina.wait_for(lambda message: "Setujui" in message.labels, after=sent)
    answer = await rina.press(card, "Setujui")
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from types import TracebackType
from typing import Any, Self

import aiohttp

from simulator.line import Line
from simulator.phone import Group, Phone


class SimulatorClient:
    """Speaks to a running simulator at `url`; one HTTP session from enter to exit."""

    def __init__(self, url: str) -> None:
        self._line = Line(url)

    @property
    def url(self) -> str:
        return self._line.url

    async def __aenter__(self) -> Self:
        await self._line.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._line.close()

    async def person(self, first_name: str, **details: Any) -> Phone:
        """A new person; details: last_name, username, user_id, `about`, a line under his name on the page, and `standing`."""
        found = await self._line.ask("POST", "/control/people", {"first_name": first_name, **details})
        return Phone(id=found["user"]["id"], name=found["user"]["first_name"], line=self._line)

    async def people(self) -> tuple[Phone, ...]:
        found = await self._line.ask("GET", "/control/people")
        users = (person["user"] for person in found["people"])
        return tuple(Phone(id=user["id"], name=user["first_name"], line=self._line) for user in users)

    async def group(self, title: str, members: Sequence[Phone]) -> Group:
        given = {"title": title, "members": [person.id for person in members]}
        chat = (await self._line.ask("POST", "/control/groups", given))["chat"]
        return Group(id=chat["id"], title=chat["title"])

    async def add_sample(
        self, name: str, data: bytes, *, mime_type: str, people: Sequence[Phone] = (), note: str | None = None
    ) -> int:
        """Lay a file ready beside these people's phones, beside all where none are named; returns its id."""
        form = aiohttp.FormData(quote_fields=False)
        for person in people:
            form.add_field("for", str(person.id))
        if note:
            form.add_field("note", note)
        form.add_field("file", BytesIO(data), filename=name, content_type=mime_type)
        return int((await self._line.ask("POST", "/control/samples", form))["id"])

    async def add_link(
        self,
        label: str,
        payload: str,
        *,
        until: datetime | None = None,
        name: str | None = None,
        about: str | None = None,
    ) -> int:
        """A start link that somebody may still use, until then if it is said; whom it is meant for. Returns its id."""
        given = {"label": label, "payload": payload, "until": until and until.isoformat(), "name": name, "about": about}
        return int((await self._line.ask("POST", "/control/links", given))["id"])

    async def renew_link(self, link_id: int, payload: str, *, until: datetime) -> None:
        await self._line.ask("POST", f"/control/links/{link_id}", {"payload": payload, "until": until.isoformat()})

    async def office_hours(self, zone: str, days: Mapping[date, tuple[time, time]]) -> None:
        """When the office is open, in the zone's own time: the clock can be moved to its openings."""
        given = {
            day.isoformat(): [moment.isoformat(timespec="minutes") for moment in hours] for day, hours in days.items()
        }
        await self._line.ask("POST", "/control/hours", {"zone": zone, "days": given})

    async def clock(self) -> datetime:
        return datetime.fromisoformat((await self._line.ask("GET", "/clock"))["now"])

    async def advance(self, span: timedelta) -> datetime:
        found = await self._line.ask("POST", "/clock", {"advance": span.total_seconds()})
        return datetime.fromisoformat(found["now"])

    async def move_clock(self, moment: datetime) -> datetime:
        """To an aware moment that is not in the clock's past."""
        return datetime.fromisoformat((await self._line.ask("POST", "/clock", {"to": moment.isoformat()}))["now"])

    async def faults(self, kind: str, method: str = "*", **rule: Any) -> None:
        """Add a rule; see `simulator.faults` for kinds and the rule's other values."""
        await self._line.ask("POST", "/control/faults", {"kind": kind, "method": method, **rule})

    async def clear_faults(self) -> None:
        await self._line.ask("DELETE", "/control/faults")

    async def rates(self, **rates: Any) -> None:
        """per_chat, chat_window, per_bot; see `simulator.limits.Rates`."""
        await self._line.ask("POST", "/control/rates", rates)

    async def inject(self, update: Mapping[str, Any]) -> int:
        """Queue any object as an update; returns its update_id."""
        return int((await self._line.ask("POST", "/control/updates", {"update": dict(update)}))["update_id"])

    async def deliver_again(self, update_id: int) -> None:
        """A confirmed update comes once more; refused while it still waits."""
        await self._line.ask("POST", f"/control/updates/{update_id}/again")

    async def waiting_updates(self) -> int:
        return int((await self._line.ask("GET", "/control/updates"))["waiting"])

    async def is_polled(self) -> bool:
        """Whether a long poll of the bot is waiting right now."""
        return bool((await self._line.ask("GET", "/control/updates"))["polling"])

    async def calls(self, *, since: int = 0, method: str = "*") -> list[dict[str, Any]]:
        """What the bot called, oldest first: number, at, method, parameters, answer."""
        found = await self._line.ask("GET", "/control/calls", query={"since": since, "method": method})
        return list(found["calls"])

    async def changes(
        self,
        *,
        since: int,
        chat_id: int | None = None,
        timeout: float = 0.0,  # noqa: ASYNC109 - it is the server that waits
    ) -> list[dict[str, Any]]:
        query = {"since": since, "timeout": timeout} | ({} if chat_id is None else {"chat_id": chat_id})
        return list((await self._line.ask("GET", "/control/changes", query=query))["changes"])

    async def last_change(self) -> int:
        """A cursor: everything up to now is at or before it."""
        return int((await self._line.ask("GET", "/control/bot"))["change"])

    async def ask(self, verb: str, path: str, given: Any = None, **query: Any) -> dict[str, Any]:
        """Any request of the control API, for what has no method here."""
        return await self._line.ask(verb, path, given, query=query)
