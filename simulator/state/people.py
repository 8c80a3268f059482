"""The people and the chats: who exists, who has started the bot, who has blocked it, who is in which group."""

import json
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simulator.state.store import Store

FIRST_USER_ID = 2**32 + 1_000_001  # no 32-bit column of a bot can hold it, as with accounts of today
FIRST_GROUP_ID = -(2**32 + 1)
NAMES = ("first_name", "last_name", "username")
PEOPLE = "SELECT body, standing, words FROM people LEFT JOIN about USING (user_id)"


class Standing(StrEnum):
    """What a person is to the bot."""

    NEW = "new"
    STARTED = "started"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"


class UsernameTakenError(Exception):
    """Two people can not have the same username."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A user of the Bot API, how he stands to the bot, and a line about him that only the page shows."""

    user: dict[str, Any]
    standing: Standing
    about: str | None = None

    @property
    def user_id(self) -> int:
        return int(self.user["id"])

    @property
    def chat(self) -> dict[str, Any]:
        """His private chat with the bot."""
        names: dict[str, Any] = {key: self.user[key] for key in NAMES if key in self.user}
        return {"id": self.user_id, "type": "private", **names}


@dataclass(frozen=True, kw_only=True)
class Group:
    chat: dict[str, Any]
    members: tuple[int, ...]

    @property
    def chat_id(self) -> int:
        return int(self.chat["id"])


class People:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        *,
        first_name: str,
        last_name: str | None,
        username: str | None,
        user_id: int | None,
        about: str | None = None,
    ) -> Person:
        """A new person who has not met the bot; a given id that exists already, or a taken username, is an error."""
        number = user_id or self._store.next("user", first=FIRST_USER_ID)
        user: dict[str, Any] = {"id": number, "is_bot": False, "first_name": first_name}
        if last_name:
            user["last_name"] = last_name
        if username:
            user["username"] = username
        user["language_code"] = "id"
        try:
            self._store.run("INSERT INTO people VALUES (?, ?, ?, ?)", number, username, Standing.NEW, json.dumps(user))
        except sqlite3.IntegrityError as error:
            raise UsernameTakenError from error
        if about:
            self._store.run("INSERT INTO about VALUES (?, ?)", number, about)
        return Person(user=user, standing=Standing.NEW, about=about)

    def find(self, who: int | str) -> Person | None:
        """By user id, or by @username."""
        if isinstance(who, str):
            row = self._store.row(f"{PEOPLE} WHERE username = ?", who.removeprefix("@"))
        else:
            row = self._store.row(f"{PEOPLE} WHERE user_id = ?", who)
        return _person(row) if row else None

    def everyone(self) -> list[Person]:
        return [_person(row) for row in self._store.rows(f"{PEOPLE} ORDER BY user_id")]

    def stand(self, user_id: int, standing: Standing) -> None:
        self._store.run("UPDATE people SET standing = ? WHERE user_id = ?", standing, user_id)

    def add_group(self, *, title: str, members: tuple[int, ...]) -> Group:
        chat_id = FIRST_GROUP_ID - self._store.next("group")
        chat = {"id": chat_id, "type": "group", "title": title}
        self._store.run("INSERT INTO groups VALUES (?, ?)", chat_id, json.dumps(chat))
        for user_id in members:
            self._store.run("INSERT OR IGNORE INTO members VALUES (?, ?)", chat_id, user_id)
        return Group(chat=chat, members=members)

    def find_group(self, chat_id: int) -> Group | None:
        body = self._store.value("SELECT body FROM groups WHERE chat_id = ?", chat_id)
        if body is None:
            return None
        members = self._store.rows("SELECT user_id FROM members WHERE chat_id = ? ORDER BY user_id", chat_id)
        return Group(chat=json.loads(body), members=tuple(user_id for (user_id,) in members))

    def groups(self) -> list[Group]:
        found = (self.find_group(chat_id) for (chat_id,) in self._store.rows("SELECT chat_id FROM groups"))
        return [group for group in found if group]


def _person(row: Any) -> Person:
    body, standing, about = row
    return Person(user=json.loads(body), standing=Standing(standing), about=about)
