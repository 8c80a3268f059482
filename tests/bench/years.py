"""An office after many years, written in bulk: finished cases with their trails, files, cards, notices and inbox rows.

The first case is played by the engine; all are copies of it, each with a code, a period, files and a whole trail of its
own. `tests.bench.backups` and the tests of what a backup holds in memory make one.
"""

import json
import re
from hashlib import sha256

from sqlalchemy import insert, update

from alur.storage import audit, members, sops
from alur.storage.audit import AUDIT, OFFICE, TREE
from alur.storage.cards import CARDS
from alur.storage.cases import CASES, SHAPE
from alur.storage.columns import canonical
from alur.storage.forms import FORMS
from alur.storage.inbox import INBOX
from alur.storage.inspected import IN_STEP
from alur.storage.messages import MESSAGES
from alur.storage.notices import NOTICES
from alur.storage.uploads import UPLOADS
from alur.workflow.case import Case
from alur.workflow.office.events import PersonEnrolled
from alur.workflow.office.roster import Person
from tests.factories import ANALIS, PEOPLE, SOP, walked

AT_ONCE = 100  # cases in one transaction
HASH = re.compile(r'(?<="sha256":")[0-9a-f]{64}')
OWN = re.compile(r'(?<="code":")[^"]*|(?<="period":")[^"]*')


def fill(database, store, cases):
    """So many finished cases in a migrated database without any, and their files' bytes in the store's folder."""
    walk, entries = walked(99), []  # past its last step
    with database.write() as session:
        sops.store(session, SOP, walk.case.sop_hash, walk.at)
        for person in PEOPLE:
            known = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit}
            assert members.enrol(session, telegram_id=person.member, at=walk.at, **known).id == person.member
            joined = PersonEnrolled(person=Person(id=person.member, account=person.member, **known))
            entries.append(_entry("enrol", events=[joined.model_dump(mode="json")], applied=walk.at.isoformat()))
        entries += [_entry("screen", refusal="NotMember", n=number) for number in range(cases)]
        rows, head = _chain(walk, None, None, entries)
        written = _number(rows, 0)
        session.connection().execute(insert(AUDIT), rows)
        session.connection().execute(update(OFFICE), {"audit_head": head, "audit_length": len(rows)})
    for first in range(1, cases + 1, AT_ONCE):
        own = (CASES, AUDIT, CARDS, NOTICES, INBOX, MESSAGES, UPLOADS, FORMS, *(item.table for item in IN_STEP))
        rows = {table: [] for table in own}
        for number in range(first, min(first + AT_ONCE, cases + 1)):
            _copy(walk, number, rows, store)
        written = _number(rows[AUDIT], written)
        with database.write() as session:
            for table, found in rows.items():
                if found:
                    session.connection().execute(insert(table), found)
            session.connection().execute(update(TREE), {"size": written})


def _copy(walk, number, rows, store):
    """The case of that number, into the rows of each table; its files into the store."""
    files, case, at, code = {}, walk.case, walk.at, f"ip-asn-{number}"

    def own(found):
        data = f"{found[0]} of case {number}".encode()
        files[found[0]] = data
        return sha256(data).hexdigest()

    texts = [case.model_dump_json(), *(canonical(entry) for _, entry in walk.trail)]
    texts = HASH.sub(own, OWN.sub(code, "\n".join(texts))).split("\n")
    trail, head = _chain(walk, number, code, texts[1:])
    for data in files.values():
        path = store.path(sha256(data).hexdigest())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)  # as many as these need not be on the disk
    rows[AUDIT] += trail
    known = {"id": number, "code": code, "period": code, "sop_id": case.sop, "sop_hash": case.sop_hash, "shape": SHAPE}
    times = {"opened_at": case.opened_at, "finished_at": case.finished_at}
    rows[CASES].append(
        {**known, **times, "state": texts[0], "revision": len(trail), "audit_head": head, "audit_length": len(trail)}
    )
    for version in case.versions:
        digest = sha256(files[version.file.sha256]).hexdigest()
        file = version.file.model_dump() | {"sha256": digest, "received_at": at, "settled_at": at}
        rows[UPLOADS].append({**file, "member_id": version.by.member, "message_id": number})
    state = Case.model_validate_json(texts[0])
    for item in IN_STEP:
        rows[item.table] += item.rows(number, SOP, state)
    sent = {"message_id": number, "queued_at": at, "attempts": 1, "failures": 0}
    living = {**sent, "wanted": 3, "shown": 3, "ring": 1, "rung": 1, "older": ()}
    for task in case.tasks:
        message = number * 100 + task.id
        about = {"case_id": number, "task": task.id, "revision": task.revision}
        rows[CARDS].append({**living, "case_id": number, "task": task.id, "member_id": ANALIS, "files_sent": ()})
        rows[MESSAGES].append({"chat_id": ANALIS, "message_id": message, "about": about})
        rows[NOTICES].append(
            {**sent, "chat_id": ANALIS, "template": "recorded", "about": about, "silent": False, "sent_at": at}
        )
        taken = {"update_id": message, "received_at": at, "sender": ANALIS, "kind": "callback_query", "failures": 0}
        rows[INBOX].append({**taken, "done_at": at})
    answers = {"reason": "Data dari dua unit belum masuk.", "file": {"sha256": digest}}
    rows[FORMS].append(
        {**living, "member_id": ANALIS, "kind": "obstacle", "case_id": number, "answers": answers, "ended_at": at}
    )


def _entry(act, **rest):
    return canonical({"act": {"act": act}, **rest})


def _number(rows, written):
    """Gives each entry its number in the order of writing, behind those that stand; how many there are then."""
    for row in rows:
        written += 1
        row["id"] = written
    return written


def _chain(walk, case_id, code, texts):
    """The rows of a whole chain of these entries, and its head."""
    rows, head = [], ""
    for seq, text in enumerate(texts, 1):
        facts = {"seq": seq, "at": walk.at}
        digest = audit.entry_hash(case=code, member=ANALIS, entry=json.loads(text), prev=head, **facts)
        bound = {"case_id": case_id, "actor": ANALIS, "prev_hash": head, "hash": digest}
        rows.append({**facts, **bound, "entry": text})
        head = digest
    return rows, head
