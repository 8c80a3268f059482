"""The queue of updates for the bot: what waits, what was confirmed, what is to be delivered a second time.

An update is `waiting` until it is confirmed (a higher offset, a webhook's 2xx) or dies of age: 24 hours, a press
of a button after the life of its query. Confirmed ones are kept for a day, so that one can be sent `again`.
"""

import json
from datetime import timedelta
from typing import Any

from simulator.bells import Bells
from simulator.clock import Clock
from simulator.limits import UPDATE_LIFE
from simulator.state.store import Store

FIRST_UPDATE_ID = 512_340_001
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    def __init__(self, store: Store, bells: Bells, clock: Clock, *, query_life: timedelta) -> None:
        self._store = store
        self._bells = bells
        self._clock = clock
        self._query_life = query_life

    def emit(self, kind: str, payload: dict[str, Any], *, chat_id: int | None) -> int | None:
        """Queue an update and return its id; None when the bot has not asked for this kind (`allowed_updates`)."""
        allowed = self._store.setting("allowed_updates")
        if (kind not in allowed) if allowed else (kind in NOT_BY_DEFAULT):
            return None
        return self._insert(kind, {kind: payload}, chat_id=chat_id)

    def inject(self, raw: dict[str, Any]) -> int:
        """Queue any object as an update, however senseless; one that brings no update_id gets the next."""
        given = raw.get("update_id")
        if isinstance(given, int):
            self._store.raise_counter("update", given)
        return self._insert("injected", raw, chat_id=None, update_id=given if isinstance(given, int) else None)

    def _insert(self, kind: str, body: dict[str, Any], *, chat_id: int | None, update_id: int | None = None) -> int:
        number = update_id if update_id is not None else self._store.next("update", first=FIRST_UPDATE_ID)
        text = json.dumps({**body, "update_id": number} if kind == "injected" else {"update_id": number, **body})
        sql = "INSERT OR REPLACE INTO updates VALUES (?, ?, ?, ?, 'waiting', ?)"
        self._store.run(sql, number, self._clock.stamp(), kind, chat_id, text)
        self._bells.ring("updates")
        return number

    def allow(self, kinds: list[str]) -> None:
        """Remember `allowed_updates`; an empty list means all but three kinds, as with Telegram."""
        self._store.put_setting("allowed_updates", kinds)

    def allowed(self) -> list[str]:
        return self._store.setting("allowed_updates") or []

    def confirm_below(self, offset: int) -> None:
        """A negative offset keeps that many of the newest and confirms the others."""
        if offset < 0:
            newest = "SELECT update_id FROM updates WHERE state = 'waiting' ORDER BY update_id DESC LIMIT 1 OFFSET ?"
            offset = self._store.value(newest, -offset - 1) or 0
        self._store.run("UPDATE updates SET state = 'confirmed' WHERE state = 'waiting' AND update_id < ?", offset)

    def confirm(self, update_id: int) -> None:
        self._store.run("UPDATE updates SET state = 'confirmed' WHERE update_id = ?", update_id)

    def confirm_all(self) -> None:
        self._store.run("UPDATE updates SET state = 'confirmed' WHERE state <> 'confirmed'")

    def waiting(self, *, limit: int) -> list[tuple[int, dict[str, Any]]]:
        """(update_id, body) in order, after the dead have been dropped."""
        self._drop_dead()
        sql = "SELECT update_id, body FROM updates WHERE state <> 'confirmed' ORDER BY update_id LIMIT ?"
        return [(update_id, json.loads(body)) for update_id, body in self._store.rows(sql, limit)]

    def waiting_chats(self) -> list[int | None]:
        """The chats for which something waits, longest first; None stands for what belongs to no chat."""
        self._drop_dead()
        sql = "SELECT chat_id FROM updates WHERE state <> 'confirmed' GROUP BY chat_id ORDER BY min(update_id)"
        return [chat_id for (chat_id,) in self._store.rows(sql)]

    def oldest(self, chat_id: int | None) -> tuple[int, dict[str, Any]] | None:
        """The first that waits for a chat."""
        self._drop_dead()
        sql = """SELECT update_id, body FROM updates WHERE state <> 'confirmed' AND chat_id IS ?
                 ORDER BY update_id LIMIT 1"""
        row = self._store.row(sql, chat_id)
        return (row[0], json.loads(row[1])) if row else None

    def handed_over(self, update_ids: list[int]) -> None:
        """A second delivery happens once, whatever offset follows it."""
        again = "UPDATE updates SET state = 'confirmed' WHERE update_id = ? AND state = 'again'"
        for update_id in update_ids:
            self._store.run(again, update_id)

    def is_waiting(self, update_id: int) -> bool:
        self._drop_dead()
        sql = "SELECT 1 FROM updates WHERE update_id = ? AND state <> 'confirmed'"
        return self._store.value(sql, update_id) is not None

    def count(self) -> int:
        self._drop_dead()
        return int(self._store.value("SELECT count(*) FROM updates WHERE state <> 'confirmed'") or 0)

    def again(self, update_id: int) -> bool:
        """Deliver a confirmed update once more under its old id; False when it is unknown or still waits."""
        sql = "UPDATE updates SET state = 'again', date = ? WHERE update_id = ? AND state = 'confirmed'"
        found = self._store.run(sql, self._clock.stamp(), update_id).rowcount > 0
        self._bells.ring("updates")
        return found

    def _drop_dead(self) -> None:
        now = self._clock.now()
        oldest = int((now - UPDATE_LIFE).timestamp())
        oldest_press = int((now - self._query_life).timestamp())
        self._store.run(
            """DELETE FROM updates WHERE state <> 'confirmed'
               AND (date < ? OR (kind = 'callback_query' AND date < ?))""",
            oldest,
            oldest_press,
        )
