"""The presses of inline buttons and their answers: each is answered once, within its life, or never."""

import json
from datetime import timedelta
from typing import Any

from simulator.bells import Bells
from simulator.clock import Clock
from simulator.state.store import Store

FIRST_QUERY = 4_611_686_018_427_387_905  # beyond 2**62: the ids are strings for a reason


class Queries:
    def __init__(self, store: Store, bells: Bells, clock: Clock, *, life: timedelta) -> None:
        self._store = store
        self._bells = bells
        self._clock = clock
        self._life = life

    def open(self) -> str:
        query_id = str(self._store.next("query", first=FIRST_QUERY))
        self._store.run("INSERT INTO queries VALUES (?, ?, NULL)", query_id, self._clock.stamp())
        return query_id

    def answer(self, query_id: str, answer: dict[str, Any]) -> bool:
        """False when the query is unknown, too old or answered already."""
        oldest = int((self._clock.now() - self._life).timestamp())
        sql = "UPDATE queries SET answer = ? WHERE query_id = ? AND answer IS NULL AND date >= ?"
        taken = self._store.run(sql, json.dumps(answer), query_id, oldest).rowcount > 0
        self._bells.ring(f"query {query_id}")
        return taken

    def answered(self, query_id: str) -> dict[str, Any] | None:
        text = self._store.value("SELECT answer FROM queries WHERE query_id = ?", query_id)
        return None if text is None else dict(json.loads(text))
