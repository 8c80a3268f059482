"""Approvals by django-viewflow: for each number read, so many processes wait for their reviewer, and are approved one after
the other, each in one transaction; the seconds of CPU that it took are written. The database's address is the argument, in it as a
fragment the schema. Run by the rivals' own interpreter (`rivals.py`), as a module of an app that is imported: viewflow finds a flow by
the name of its module.
"""

import sys
import time
from urllib.parse import urlsplit

import django
from django.conf import settings

REVIEWER, SUPERIOR = "dewi", "hartono"
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
    },
}


def database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {**SQLITE, "NAME": parts.path}
    schema = parts.fragment
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": {"options": f"-csearch_path={schema}"},
    }


settings.configure(
    DATABASES={"default": database(sys.argv[1])},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "viewflow",
        "viewflow.workflow",
        "against",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    ROOT_URLCONF=(),
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - Django is set up first
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from viewflow import this  # noqa: E402
from viewflow.workflow import flow, lock  # noqa: E402
from viewflow.workflow.models import Process  # noqa: E402


def shown(request):
    """Its page, at which nobody looks here."""


class Approval(flow.Flow):
    """What waits for a reviewer, and then for his superior."""

    process_class = Process
    lock_impl = lock.select_for_update_lock
    start = flow.StartHandle().Next(this.review)
    review = flow.View(shown).Assign(username=REVIEWER).Next(this.decide)
    decide = flow.View(shown).Assign(username=SUPERIOR).Next(this.end)
    end = flow.End()


def approve(task_id: int, process_id: int, user: User) -> None:
    with transaction.atomic(), Approval.lock(process_id):
        task = Approval.task_class.objects.select_related("process", "owner").get(pk=task_id)
        activation = task.flow_task.activation_class(task)
        assert task.flow_task.can_execute(user, task)
        activation.start(None)
        activation.process.data = {**(activation.process.data or {}), "approved": True, "by": user.username}
        activation.process.save()
        activation.execute()


def turn(number: int, user: User) -> float:
    for _ in range(number):
        Approval.start.run()
    waiting = list(Approval.task_class.objects.filter(owner=user, finished=None).values_list("pk", "process_id"))
    begun = time.process_time()
    for task, process in waiting:
        approve(task, process, user)
    spent = time.process_time() - begun
    assert len(waiting) == number
    assert not Approval.task_class.objects.filter(owner=user, finished=None).exists()
    return spent


def main() -> None:
    call_command("migrate", verbosity=0)
    users = [User.objects.create_user(name) for name in (REVIEWER, SUPERIOR)]
    for line in sys.stdin:
        sys.stdout.write(f"{turn(int(line), users[0])}\n")
        sys.stdout.flush()
