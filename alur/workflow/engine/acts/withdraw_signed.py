"""*Batalkan Berkas* under the answer to a signed copy that is none, as far as can be told: whoever brought it takes it back."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Case, Outcome, Version
from alur.workflow.engine.letters import letter_roles
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation, already_decided
from alur.workflow.errors import NotHolder, Unknown
from alur.workflow.events import Event, VersionWithdrawn
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class WithdrawSigned(Act):
    act: Literal["withdraw_signed"] = "withdraw_signed"
    version: int


class WithdrawSignedRule(Rule[WithdrawSigned]):
    """What is whole stays: it has been handed out. So does what the archive has filed."""

    act, name, names = WithdrawSigned, "withdraw_signed", ("version",)
    asks = True
    while_suspended = True
    answer = "withdrawn"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        version = self._version(s, on.version)
        actor = s.actor(member, letter_roles(s.sop, version.document))
        if version.by.member != member:
            raise NotHolder(role=version.by.role)
        _check_not_filed(s.case, version)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        """It is known which; what is asked is whether."""
        version = self._version(s, on.version)
        options = (Option(value=str(version.id), label=version.file.name),)
        field = Field(name="version", kind="choice", options=options, fixed=True)
        known_already = {"version": options[0].value}
        return self.asking(s, on, step=version.step, fields=(field,), answers=known_already)

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> WithdrawSigned:
        return WithdrawSigned(by=member, version=known(on.version, "version"))

    def decide(self, s: Situation, act: WithdrawSigned) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(version=act.version))
        return (VersionWithdrawn(version=act.version, by=actor, at=s.at, mover=act.by),)

    def _version(self, s: Situation, number: int | None) -> Version:
        version = s.case.version(known(number, "version"))
        signatures = version.file.signatures if version is not None else None
        is_doubtful = signatures is not None and signatures.is_doubtful
        if version is None or version.withdrawn or not version.signed or not is_doubtful:
            raise Unknown(subject=f"{s.case.code}#{number}")
        return version


def _check_not_filed(case: Case, version: Version) -> None:
    is_in_time = case.finished_at is not None and not version.late
    for task in reversed(case.tasks):
        closing = task.closing
        if closing is None or closing.outcome is not Outcome.ARCHIVED:
            continue
        if is_in_time or closing.recorded_at >= version.at:
            raise already_decided(case, task, closing)
