"""The messages of all chats, and the numbered log of changes that long polls of the control API follow."""

import json
from dataclasses import dataclass
from typing import Any

from simulator.bells import Bells
from simulator.state.store import Store

FIELDS = "message_id, chat_id, change, by_bot, deleted, silent, markup, body"


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A message as the Bot API shows it (`body`), and what only the simulator knows about it.

    markup is a reply keyboard, its removal or a force_reply that the message was sent with (the Bot API shows
    inline keyboards only); change is the number of the last change that touched the message.
    """

    message_id: int
    chat_id: int
    change: int
    by_bot: bool
    deleted: bool
    silent: bool
    markup: dict[str, Any] | None
    body: dict[str, Any]

    def view(self) -> dict[str, Any]:
        """For the control API."""
        return {
            "message": self.body,
            "change": self.change,
            "by_bot": self.by_bot,
            "deleted": self.deleted,
            "silent": self.silent,
            "markup": self.markup,
        }


class Messages:
    def __init__(self, store: Store, bells: Bells) -> None:
        self._store = store
        self._bells = bells

    def add(
        self, *, body: dict[str, Any], by_bot: bool, silent: bool = False, markup: dict[str, Any] | None = None
    ) -> Stored:
        """Give the body its message_id and keep it; the body's `chat` says where."""
        message_id = self._store.next("message")
        chat_id = body["chat"]["id"]
        body = {"message_id": message_id, **body}
        change = self.note("message", chat_id, {"message_id": message_id})
        self._store.run(
            f"INSERT INTO messages ({FIELDS}) VALUES (?, ?, ?, ?, 0, ?, ?, ?)",  # noqa: S608 - names are ours
            message_id,
            chat_id,
            change,
            by_bot,
            silent,
            json.dumps(markup),
            json.dumps(body),
        )
        return Stored(
            message_id=message_id,
            chat_id=chat_id,
            change=change,
            by_bot=by_bot,
            deleted=False,
            silent=silent,
            markup=markup,
            body=body,
        )

    def find(self, chat_id: int, message_id: int | None) -> Stored | None:
        """The message, if it stands in that chat and was not deleted."""
        sql = f"SELECT {FIELDS} FROM messages WHERE message_id = ? AND chat_id = ? AND NOT deleted"  # noqa: S608 - names are ours
        row = self._store.row(sql, message_id, chat_id)
        return _stored(row) if row else None

    def of_chat(self, chat_id: int, *, since: int = 0) -> list[Stored]:
        """In the order in which they were sent: those that came or changed after `since`, deleted ones too."""
        sql = f"SELECT {FIELDS} FROM messages WHERE chat_id = ? AND change > ? ORDER BY message_id"  # noqa: S608 - names are ours
        return [_stored(row) for row in self._store.rows(sql, chat_id, since)]

    def edit(self, stored: Stored, body: dict[str, Any]) -> None:
        change = self.note("edit", stored.chat_id, {"message_id": stored.message_id})
        sql = "UPDATE messages SET change = ?, body = ? WHERE message_id = ?"
        self._store.run(sql, change, json.dumps(body), stored.message_id)

    def delete(self, stored: Stored) -> None:
        change = self.note("delete", stored.chat_id, {"message_id": stored.message_id})
        self._store.run("UPDATE messages SET change = ?, deleted = 1 WHERE message_id = ?", change, stored.message_id)

    def note(self, kind: str, chat_id: int | None, subject: dict[str, Any]) -> int:
        """Number a change and wake those who follow the chat or everything."""
        sql = "INSERT INTO changes (kind, chat_id, subject) VALUES (?, ?, ?)"
        cursor = self._store.run(sql, kind, chat_id, json.dumps(subject))
        self._bells.ring("changes", f"chat {chat_id}")
        return int(cursor.lastrowid or 0)

    def last_change(self) -> int:
        return int(self._store.value("SELECT max(change) FROM changes") or 0)

    def changes(self, *, since: int, chat_id: int | None, limit: int = 200) -> list[dict[str, Any]]:
        """Those after `since`, oldest first; where one is about a message, with the message as it is now."""
        where, values = ("AND chat_id = ?", (chat_id,)) if chat_id is not None else ("", ())
        sql = f"SELECT change, kind, chat_id, subject FROM changes WHERE change > ? {where} ORDER BY change LIMIT ?"  # noqa: S608 - names are ours
        return [self._change(row) for row in self._store.rows(sql, since, *values, limit)]

    def _change(self, row: tuple[int, str, int | None, str]) -> dict[str, Any]:
        change, kind, chat_id, text = row
        subject = json.loads(text)
        if "message_id" in subject:
            sql = f"SELECT {FIELDS} FROM messages WHERE message_id = ?"  # noqa: S608 - names are ours
            found = self._store.row(sql, subject["message_id"])
            subject = {**subject, **_stored(found).view()} if found else subject
        return {**subject, "change": change, "kind": kind, "chat_id": chat_id}


def _stored(row: Any) -> Stored:
    message_id, chat_id, change, by_bot, deleted, silent, markup, body = row
    return Stored(
        message_id=message_id,
        chat_id=chat_id,
        change=change,
        by_bot=bool(by_bot),
        deleted=bool(deleted),
        silent=bool(silent),
        markup=json.loads(markup),
        body=json.loads(body),
    )
