"""*Batalkan Berkas* under the answer to a signed copy that is none, as far as can be told: whoever brought it takes it back."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Outcome, Version
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
        for task in s.case.tasks:
            closing = task.closing
            if closing is not None and closing.outcome is Outcome.ARCHIVED and closing.recorded_at >= version.at:
                raise already_decided(s.case, task, closing)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        version = self._version(s, on.version)
        options = (Option(value=str(version.id), label=version.file.name),)
        field = Field(name="version", kind="choice", options=options)
        return self.asking(s, on, step=version.step, fields=(field,))

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
