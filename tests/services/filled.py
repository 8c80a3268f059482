"""An office after many years: finished cases beside the running ones, written in bulk."""

import json
from datetime import timedelta

from sqlalchemy import insert

from alur.storage import case_roles, cases, sops
from alur.storage.cases import CASES
from alur.workflow.reading import concerned

MANY = 200


def fill(work, case, *, count=MANY, first=1000, ended=None):
    """So many cases like this one, each of a period of its own and finished a minute before the one before it; their numbers,
    from the one finished last on.
    """
    sop = work.procedures[0].sop
    sops.store(work.session, sop, work.procedures[0].hash, at=work.now)
    ended, state, concerns = ended or work.now, json.loads(case.model_dump_json()), concerned(sop, case)
    rows, roles = [], []
    for number in range(first, first + count):
        code, period = f"ip-asn-lama-{number}", str(number)
        moment = ended - timedelta(minutes=number)
        own = state | {"code": code, "period": period, "finished_at": moment.isoformat()}
        rows.append(
            {
                "id": number,
                "code": code,
                "sop_id": sop.id,
                "period": period,
                "sop_hash": case.sop_hash,
                "state": json.dumps(own),
                "shape": cases.SHAPE,
                "revision": 1,
                "opened_at": case.opened_at,
                "finished_at": moment,
                "audit_head": "",
                "audit_length": 0,
            }
        )
        roles += [
            {"case_id": number, "role": role, "concern": concern.value, "finished_at": moment}
            for role, concern in concerns.items()
        ]
    run = work.session.connection().execute
    run(insert(CASES), rows)
    run(insert(case_roles.ROLES), roles)
    return tuple(row["id"] for row in rows)
