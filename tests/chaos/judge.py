"""What must hold when everything is quiet again: nothing lost, nothing twice. One sentence for each fault.

Held against each other are the simulator's own store (what it delivered, and whom the bot told what), the inbox, the
trail and the state. The chats are `screens`' part.
"""

import json
from collections import Counter, defaultdict

from sqlalchemy import select, text

from alur.services.evidence.inspection.notes import PEOPLE
from alur.services.evidence.inspection.whole import inspect
from alur.storage import audit, cases, roster
from alur.storage.cards import CARDS
from alur.storage.file_store import FileStore
from alur.storage.forms import FORMS
from alur.storage.inbox import INBOX
from alur.storage.notices import NOTICES
from alur.storage.uploads import UPLOADS
from alur.workflow.apply import replay
from alur.workflow.events import EVENTS
from tests.chaos import ticks
from tests.chaos.people import FOR_FORMS
from tests.chaos.tenure import Tenure
from tests.chaos.victim import UNANSWERABLE

AT_ONCE = (
    "present",
    "absent",
    "nudge",
    "grant",
)  # buttons that are an act, whatever it comes to; *Rapat Selesai* may ask first
DECIDING = ("dispose", "submit", "approve", "return", "close_meeting", "direct", "archive")
MENDING = (
    *("withdraw_decision", "record_paper", "suspend", "resume", "cancel_case", "assign_task", "reopen_step"),
    *("correct", "withdraw_ask", "withdraw_grant"),
)
FROM_OLDER = ("submit", "close_meeting")  # taken from an older copy, too, while its presser brought all that is newer
ASIDE = ("regain_contact", "lose_contact")  # what stands beside an update's act: its sender is there again
TRIES = 5  # of what fails through a fault of the program
DROPPED = ("no longer so", "unreachable", "unlinked", "Forbidden: bot was blocked by the user")


class Judge:
    def __init__(self, target) -> None:
        self.target, self.ledger = target, target.ledger
        self.faults: list[str] = []
        self.facts: Counter = Counter()

    def complain(self, sentence: str) -> None:
        self.faults.append(sentence)

    def look(self) -> None:
        """Reads everything once."""
        store = self.target.simulator._world.store
        rows = store.rows("SELECT update_id, body FROM updates WHERE state = 'confirmed'")
        self.delivered = {number: json.loads(body) for number, body in rows}
        self.answers = dict(store.rows("SELECT query_id, answer FROM queries"))
        with self.target.database.read() as session:
            self.inbox = {row.update_id: row for row in session.execute(select(INBOX))}
            self.done = Counter(session.execute(text("SELECT update_id FROM chaos_done")).scalars())
            self.records = cases.all_(session)
            self.chains = {record.id: audit.entries(session, record.id) for record in self.records}
            self.chains[None] = audit.entries(session, None)
            self.inspected = inspect(session, FileStore(self.target.settings.files_dir))
            self.forms = {row.id: row for row in session.execute(select(FORMS))}
            self.uploads = [row.message_id for row in session.execute(select(UPLOADS))]
            self.notices = session.execute(select(NOTICES)).all()
            self.cards = session.execute(select(CARDS)).all()
            self.tenure = Tenure(
                self.target.founded, self.chains[None], self.target.calendar, settled=self.ledger.settled
            )
            self.roster = roster.load(session)
        # A press may be over at Telegram, by a clock that jumped, after it was stored here and before it was confirmed.
        stored = {number: json.loads(row.body) for number, row in self.inbox.items() if row.body}
        self.bodies = {**stored, **self.delivered}
        self.by_update = defaultdict(list)
        for entries in self.chains.values():
            for item in entries:
                if item.entry.get("update") is not None and item.entry["act"]["act"] not in ASIDE:
                    self.by_update[item.entry["update"]].append(item.entry)

    def try_all(self) -> None:
        self._updates()
        self._marks()
        self._chains()
        self._state()
        self._office()
        self._forms()
        self._rows()
        self._pollers()
        self._ticks()

    # Updates

    def _updates(self) -> None:
        """Each that was delivered is done exactly once, or parked because it had to be."""
        for number, body in self.delivered.items():
            row = self.inbox.get(number)
            if row is None:
                self.complain(f"update {number} was acknowledged and never stored: {_brief(body)}")
                continue
            if row.parked_at is not None:
                if number not in self.ledger.poisoned:
                    self.complain(f"update {number} is parked ({row.error}): {_brief(body)}")
            elif row.done_at is None:
                self.complain(f"update {number} was delivered and not worked: {_brief(body)}")
        for number, times in self.done.items():
            if times > 1:
                self.complain(f"update {number} was done {times} times: {_brief(self.bodies.get(number, {}))}")
        for number, entries in self.by_update.items():
            if len(entries) > 1:
                self.complain(f"update {number} stands {len(entries)} times in the trail")
        self.facts["updates delivered"] = len(self.delivered)
        self.facts["updates parked, as they should be"] = sum(row.parked_at is not None for row in self.inbox.values())

    def _marks(self) -> None:
        """A tap that is an act, and a file, left its mark; and what the person was told is what stands in the trail."""
        for number, body in self.bodies.items():
            row, entries = self.inbox.get(number), self.by_update.get(number, [])
            if row is None or row.done_at is None:
                continue
            if (query := body.get("callback_query")) is not None:
                self.facts["taps delivered"] += 1
                act, _, subject = query["data"].partition(":")
                if act in AT_ONCE and subject.startswith("c") and not entries and not self._was_nobody(query, row):
                    self.complain(f"tap {number} ({query['data']}) was done and left nothing in the trail")
                answer = json.loads(self.answers.get(query["id"]) or "null")
                if entries and answer and bool(answer["show_alert"]) != ("refusal" in entries[0]):
                    self.complain(f"tap {number} was told {answer['text']!r}, but the trail says {_brief(entries[0])}")
            elif isinstance(message := body.get("message"), dict) and "document" in message:
                self.facts["files delivered"] += 1
                name = message["document"]["file_name"]
                asked = self.uploads.count(message["message_id"])
                # A form's own file may have been answered anew by *Ubah*.
                is_answer = name.startswith(FOR_FORMS) or any(
                    name in json.dumps(row.answers) for row in self.forms.values()
                )
                if not entries and not asked and not is_answer and not self._was_nobody(message, row):
                    self.complain(f"file {number} ({name}) was done and is nowhere")
                if len(entries) + asked > 1:
                    self.complain(f"file {number} ({name}) was taken twice")

    def _was_nobody(self, sent, row) -> bool:
        """Whether it came from a phone that was unlinked: of what that sends too fast, nothing is written down."""
        return self.tenure.was_unlinked(sent["from"]["id"], row.received_at, row.done_at)

    # The trail and the state

    def _chains(self) -> None:
        """The office is whole, but for the people with whom a run begins, of whom no entry tells: see `_office`."""
        for finding in self.inspected.findings:
            if finding.matter != PEOPLE:
                self.complain(str(finding))
        self.facts["entries inspected"] = self.inspected.entries

    def _state(self) -> None:
        """A replay gives the state, and no act was taken at a revision, or by a person, that was not right."""
        self.held: dict = {}  # whose decision is held, by case and task
        for record in self.records:
            case, movers = None, {}
            for item in self.chains[record.id]:
                if "refusal" in item.entry:
                    self.facts["refusals"] += 1
                    continue
                self.facts["acts"] += 1
                act = item.entry["act"]
                if case is not None and act["act"] in DECIDING:
                    task = case.task(act["task"])
                    newer = movers.get(act["task"], [])[act["revision"] - 1 :]  # who brought or took back what is newer
                    is_own = act["act"] in FROM_OLDER and act["revision"] > 0 and set(newer) == {act["by"]}
                    if task is None or not task.is_open or (task.revision != act["revision"] and not is_own):
                        now = f"revision {task.revision}, {'open' if task.is_open else 'closed'}" if task else "nothing"
                        self.complain(
                            f"{case.code}: {act['act']} at revision {act['revision']} was taken, but there was {now}"
                        )
                    elif not self.tenure.acted(item, task.role, self._account(item)):
                        self.complain(f"{case.code}: {act['act']} by member {act['by']}, who was no {task.role} then")
                self._held(record.case.code, act, item.entry["events"])
                if act["act"] in MENDING:
                    self.facts[f"mended by {act['act']}"] += 1
                for number in (number for event in item.entry["events"] for number in event.get("touches", ())):
                    movers.setdefault(number, []).append(act["by"])
                if item.entry["events"]:
                    case = replay(EVENTS.validate_python(item.entry["events"]), case)
            if case != record.case:
                self.complain(f"{record.case.code}: the replay of its trail is not its state")
            self.facts["steps done"] += sum(not task.is_open for task in record.case.tasks)
            self.facts["cases finished"] += record.case.finished_at is not None
            self.facts["returns"] += sum(len(task.returns) > 0 for task in record.case.tasks)
        for (code, task), maker in self.held.items():
            self.complain(f"{code}: what member {maker} decided on task {task} is held for ever")
        self.facts["cases"] = len(self.records)

    def _held(self, code, act, events) -> None:
        """What is held is handed on once, or withdrawn by its maker; nothing follows from it before."""
        for event in events:
            match event["event"]:
                case "task_closed" if event["closing"].get("held"):
                    if len(events) > 1:
                        self.complain(f"{code}: task {event['task']} was held, and something followed at once")
                    self.held[code, event["task"]] = act["by"]
                case "decision_released" | "decision_withdrawn" as what:
                    maker = self.held.pop((code, event["task"]), None)
                    if maker is None or (what == "decision_withdrawn" and maker != act["by"]):
                        self.complain(f"{code}: {what} of task {event['task']} by {act['by']}, held by {maker}")
                    self.facts[what.replace("_", "s ", 1)] += 1

    def _account(self, item) -> int | None:
        """Whose phone the entry's update came from."""
        body = self.bodies.get(item.entry.get("update"), {})
        sent = body.get("callback_query") or body.get("message") or {}
        return sent["from"]["id"] if isinstance(sent, dict) and "from" in sent else None

    def _office(self) -> None:
        """A replay of the office's chain gives its people."""
        if _told(self.tenure.last) != _told(self.roster):
            self.complain("the replay of the office's trail is not its people")
        self.facts["changes of the office's people"] = self.tenure.changes
        for item in self.roster.people:
            if item.account is None:
                self.complain(f"member {item.id} was sent a code for a new phone and has none")

    def _forms(self) -> None:
        """What was sent with *Kirim* is one act, and an act that came from a form ended it."""
        sent = Counter()
        for number, entries in self.by_update.items():
            query = self.bodies.get(number, {}).get("callback_query")
            act, _, subject = (query["data"] if query else "").partition(":")
            form = subject.split(":")[0].removeprefix("f")
            if act == "send" and form.isdecimal() and "events" in entries[0]:
                sent[int(form)] += 1
        for number, row in self.forms.items():
            is_sent = row.answers.get("how") == "sent"
            if sent[number] != is_sent:
                self.complain(f"form {number} ({row.kind}, {row.answers.get('how')}) made {sent[number]} acts")

    def _pollers(self) -> None:
        """Telegram was asked by two at once only where a poll of one that is gone still hung there."""
        conflicts, reasons = self.ledger.counts["409"], len(self.ledger.troubles) + self.ledger.counts["calls cut"]
        if conflicts > reasons:
            self.complain(f"two asked for updates at once {conflicts} times, with {reasons} reasons for it")

    def _ticks(self) -> None:
        for sentence in ticks.faults_of(self.target):
            self.complain(sentence)

    # What was to be sent

    def _rows(self) -> None:
        self._set_aside()
        for row in self.notices:
            if row.template in UNANSWERABLE.values():
                continue
            if row.dropped_at is not None and not any(row.error.startswith(why) for why in DROPPED):
                self.complain(f"notice {row.id} ({row.template}) was dropped: {row.error}")
        for name, rows in (("card", self.cards), ("form", self.forms.values())):
            for row in rows:
                if row.parked_at is not None:
                    self.complain(f"{name} {row.id} is parked: {row.error}")
        for what, where in self.ledger.parts.items():
            self.complain(f"{what}: {where}")

    def _set_aside(self) -> None:
        """What can never be sent was tried five times, set aside, and told to the administrators once."""
        # A forged press under such a message has it told again in its own place: that is no second telling.
        anew = [row for row in self.notices if row.template == "sending_failed" and "on" not in row.about]
        told = Counter(row.about["what"] for row in anew)
        gone = {profile for profile in self.target.phones if profile.role == "admin" and self._was_unreachable(profile)}
        for row in self.notices:
            if row.template not in UNANSWERABLE.values() or row.error in ("unreachable", "unlinked"):
                continue
            name = f"notice {row.id}"
            if row.parked_at is None or row.failures != TRIES:
                self.complain(f"{name} ({row.template}) failed {row.failures} times and was not set aside: {row.error}")
            if told[name] != 1 and not (gone and told[name] == 0):
                self.complain(f"{name} ({row.template}) was set aside, and told {told[name]} times")
            self.facts["rows set aside, as they should be"] += row.parked_at is not None
        expected = {f"notice {row.id}" for row in self.notices if row.template in UNANSWERABLE.values()}
        for name in set(told) - expected:
            self.complain(f"{name} was set aside, and nothing was wrong with it")

    def _was_unreachable(self, profile) -> bool:
        acts = (item.entry["act"] for item in self.chains[None])
        return any(act["act"] == "unreachable" and act["by"] == self.target.members[profile] for act in acts)


def _told(people) -> dict:
    return {"people": people.people, "appointments": people.appointments}


def _brief(body) -> str:
    return json.dumps(body, ensure_ascii=False)[:300]
