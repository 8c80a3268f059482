"""The judge's eyes on the chats: every copy that the bot knows shows the truth, and one that it does not know was cut off.

A copy whose id an answer lost is an orphan. Each is tapped once; a card's or form's is then edited like any other.
"""

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime

from sqlalchemy import select

from alur.services.cases.audience import audience
from alur.services.cases.situations import situation
from alur.services.people.waiting import MOST
from alur.storage import cards, cases, forms
from alur.storage.cards import CARDS
from alur.storage.forms import FORMS
from alur.storage.members import MEMBERS
from alur.storage.messages import MESSAGES
from alur.storage.notices import NOTICES
from alur.workflow.engine.acts import RULES
from alur.workflow.notices import Menu, PhoneUnlinked
from bot.rendering import _card, _form
from bot.telegram.keyboards import keyboard
from simulator.entities import parse_html, trim
from simulator.phone import Phone
from simulator.shown import read_message
from tests.chaos.duplicates import Sent, unexplained

# Acts whose buttons stand under cards alone; a date is also entered from /status.
ON_CARDS = {rule.name for rule in RULES if rule.row is not None} - {"schedule", "obstacle"}

NEAR = 15.0  # seconds: troubles that a complaint names


class Screens:
    def __init__(self, judge) -> None:
        self.judge, self.target, self.ledger = judge, judge.target, judge.ledger

    def look(self) -> None:
        store = self.target.simulator._world.messages
        self.chats = {
            profile.telegram_id: {
                item.message_id: item for item in store.of_chat(profile.telegram_id) if not item.deleted
            }
            for profile in self.target.phones
        }
        now = self.ledger.clock()
        with self.target.database.read() as session:
            work = self.target.work(session, now)
            known = session.execute(select(MESSAGES)).all()
            self.about = {
                (row.chat_id, row.message_id): json.loads(row.about) if isinstance(row.about, str) else row.about
                for row in known
            }
            self.card_rows = [cards.get(session, number) for number in session.execute(select(CARDS.c.id)).scalars()]
            self.form_rows = [forms.get(session, number) for number in session.execute(select(FORMS.c.id)).scalars()]
            self.shown = [(row, self._drawn(session, row, _card)) for row in self.card_rows]
            self.forms = [(row, self._drawn(session, row, _form)) for row in self.form_rows]
            self.notices = session.execute(select(NOTICES)).all()
            self.reachable = set(session.execute(select(MEMBERS.c.id).where(MEMBERS.c.reachable.is_(True))).scalars())
            self.desks = self._desks(work)

    def _drawn(self, session, row, draw):
        """The row as it would be shown now, and by the hour at which its message was last written: an hour that passes
        (the meeting begins) changes a word, and no message.
        """
        item = self.chats.get(row.chat_id, {}).get(row.message_id)
        written = item and datetime.fromtimestamp(item.body.get("edit_date", item.body["date"]), UTC)
        return tuple(draw(self.target.work(session, at), row) for at in (self.ledger.clock(), written) if at)

    def _desks(self, work):
        """Case, task and member of every card that must be there."""
        found = []
        for record in cases.unfinished_after(work.session, 0, 1000):
            s = situation(work, record.case)
            found += [(record.id, task.id, member) for task in record.case.open_tasks for member in audience(s, task)]
        return found

    def orphans(self):
        """By chat: messages of the bot that no row knows, an album's parts together; in order of sending."""
        known = set(self.about)
        for row in (*self.card_rows, *self.form_rows):
            known |= {(row.chat_id, number) for number in (row.message_id, *row.older)}
        known |= {(row.chat_id, number) for row in self.card_rows for number in row.files_sent}
        known |= {(row.chat_id, row.message_id) for row in self.notices}
        found = defaultdict(dict)
        for chat, items in self.chats.items():
            for number, item in items.items():
                if item.by_bot and (chat, number) not in known:
                    found[chat][item.body.get("media_group_id") or number] = item
        return found

    async def tap_orphans(self) -> int:
        """One tap on each that has buttons; how many there were. Afterwards all must be known, or be a notice's."""
        number = 0
        for chat, items in self.orphans().items():
            phone = Phone(id=chat, name="", line=self.target.telegram._line)
            for item in items.values():
                message = read_message(item.view(), self.target.telegram._line)
                if message.keyboard:
                    number += 1
                    await phone.press_forged(message, message.keyboard[-1][-1].data, timeout=5)
        return number

    def try_all(self) -> None:
        for number in {row.member_id for row in (*self.card_rows, *self.form_rows)} - self.reachable:
            self.judge.complain(f"member {number} is held to be unreachable, and has blocked nobody")
        self._cards()
        self._forms()
        self._older()
        self._notices()

    def _cards(self) -> None:
        have = {(row.case_id, row.task, row.member_id): row for row in self.card_rows}
        waiting = Counter(member for _, _, member in self.desks)  # of very much not every card is posted at once
        for case, task, member in self.desks:
            row = have.get((case, task, member))
            if (row is None or row.message_id is None) and waiting[member] <= MOST:
                self.judge.complain(f"member {member} has no card of task {task} in case {case}, which waits for him")
        moved = self.judge.tenure.moved
        for row, shown in self.shown:
            # What is closed stays as it was written: it follows nobody, and its buttons ask who presses.
            if row.message_id is not None and (shown[0].is_open or row.member_id not in moved):
                self._compare(f"card {row.id} (c{row.case_id}.{row.task})", row, [each.post.screen for each in shown])

    def _forms(self) -> None:
        for row, shown in self.forms:
            if row.message_id is not None:
                self._compare(f"form {row.id} ({row.kind})", row, [each.screen for each in shown])

    def _compare(self, what, row, screens) -> None:
        """The message in the chat against what it would say."""
        self.judge.facts["screens compared"] += 1
        item = self.chats[row.chat_id].get(row.message_id)
        if item is None:
            self.judge.complain(f"{what}: its message {row.message_id} is not in chat {row.chat_id}")
            return
        said, by_text = item.body.get("text"), {trim(*parse_html(each.text))[0]: each for each in screens}
        if said not in by_text:
            counters = f"wanted {row.wanted}, shown {row.shown}, ring {row.ring}, rung {row.rung}"
            who = "reachable" if row.member_id in self.reachable else "unreachable"
            where = f"message {row.message_id} in chat {row.chat_id} ({who}; {counters})"
            self.judge.complain(f"{what}: {where} says {said!r} and not {next(iter(by_text))!r}")
        screen = by_text.get(said, screens[0])
        markup = keyboard(screen.buttons)
        wanted = [[(b.text, b.callback_data) for b in line] for line in markup.inline_keyboard] if markup else []
        if _buttons(item) != wanted:
            self.judge.complain(f"{what} in chat {row.chat_id} has the buttons {_buttons(item)} and not {wanted}")

    def _older(self) -> None:
        """A copy that is not the card any more is one line without buttons."""
        cards_now = {(row.chat_id, row.case_id, row.task): row.message_id for row in self.card_rows}
        forms_now = {row.id: row.message_id for row in self.form_rows}
        # What was closed when a phone was unlinked stays in its chat as it was, and opens nothing there any more.
        left = {
            (row.chat_id, row.case_id, row.task)
            for row, shown in self.shown
            if row.message_id is None and not shown[0].is_open
        }
        # And so does what stands in a chat that had blocked the bot when its phone was unlinked: nobody could edit it there.
        shut = {
            (row.chat_id, row.about["on"])
            for row in self.notices
            if row.template == PhoneUnlinked.template and (row.error or "").startswith("Forbidden")
        }
        for (chat, number), about in self.about.items():
            item = self.chats.get(chat, {}).get(number)
            if item is None or not item.by_bot or "notice" in about:
                continue
            if "task" in about:
                key = (chat, about["case_id"], about["task"])
                is_old = key not in left and cards_now.get(key) != number
            else:
                is_old = "form" in about and forms_now.get(about["form"]) != number
            if is_old and (chat, number) not in shut and _buttons(item):
                self.judge.complain(
                    f"an older copy, message {number} in chat {chat}, has buttons: {item.body['text']!r}"
                )

    def _notices(self) -> None:
        """Each was sent, and written down once: two messages of record for one notice were sent by two at once."""
        of_record = Counter(about["notice"] for about in self.about.values() if "notice" in about)
        for number, times in of_record.items():
            if times > 1:
                self.judge.complain(f"notice {number} was sent and written down {times} times")
        for row in self.notices:
            is_message = row.sent_at is not None and row.template != Menu.template
            if is_message and row.message_id not in self.chats.get(row.chat_id, {}):
                self.judge.complain(f"notice {row.id} ({row.template}) is not in chat {row.chat_id}")
            if row.sent_at is None and row.dropped_at is None:
                self.judge.complain(f"notice {row.id} ({row.template}) was never sent")

    def duplicates(self) -> int:
        """Orphans: how many there are. For each there is a reason, or it is complained of (`tests.chaos.duplicates`)."""
        posts = [self._sent(chat, item) for chat, items in self.orphans().items() for item in items.values()]
        strikes = [trouble.strike() for trouble in self.ledger.troubles]
        for post in unexplained(posts, strikes):
            near = ", ".join(
                f"{item.kind}{'' if item.of_leader else ' of a standby'} {item.begun:.1f}-{item.ended:.1f}"
                for item in strikes
                if abs(item.begun - post.moment) < NEAR
            )
            over = "in a call that is not of record" if post.logged is None else f"answered at {post.logged:.1f}"
            self.judge.complain(
                f"chat {post.chat} has a message too many: {post.says!r}, sent {post.moment:.1f} s after the beginning, "
                f"{over}; near it: {near or 'nothing'}"
            )
        return len(posts)

    def _sent(self, chat, item) -> Sent:
        logged, is_answered = self.ledger.sends.get((chat, item.message_id), (None, False))
        moment = self.ledger.real(datetime.fromtimestamp(item.body["date"], UTC))
        says = item.body.get("text") or item.body.get("caption") or "a file"
        return Sent(chat=chat, moment=moment, logged=logged, is_answered=is_answered, says=says[:80])

    def tapped(self) -> None:
        """After the tap: what is still unknown and has buttons may only be a notice that was sent twice."""
        for chat, items in self.orphans().items():
            for item in items.values():
                data = [data for line in _buttons(item) for _, data in line if data]
                acts = {found.split(":")[0] for found in data if "." in found.split(":")[1]}  # about a task, not a case
                is_card = bool(acts & ON_CARDS) and "card" not in acts
                is_form = any(":f" in found for found in data) and not any(found.startswith("keep") for found in data)
                if is_card or is_form:
                    self.judge.complain(
                        f"an orphan in chat {chat} was tapped and not taken in: {item.body['text'][:120]!r}"
                    )


def _buttons(item):
    rows = item.body.get("reply_markup", {}).get("inline_keyboard", [])
    return [[(button["text"], button.get("callback_data")) for button in row] for row in rows]
