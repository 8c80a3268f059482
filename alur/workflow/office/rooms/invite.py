"""*Undang Pegawai*: somebody is invited to a role; the same once more where his invitation has run out; or somebody known, with
another phone.
"""

from alur.workflow.errors import MemberRefused, NotHolder, Refusal, Unknown
from alur.workflow.forms import Field, Form, Option, Where
from alur.workflow.office.entitled import check_administers, check_invites, invites
from alur.workflow.office.joining import Invite, holders, known_units
from alur.workflow.office.rooms.rule import PERSON, Choices, StaffRule, called, each, invitation_of, person_of
from alur.workflow.office.roster import Invitation
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN, Appointment
from alur.workflow.presses import On, known
from alur.workflow.written import LONGEST_NAME

SAPAAN = Field(name="sapaan", kind="choice", options=each(("Bapak", "Ibu")), optional=True)
NAME = Field(name="name", kind="text", most=LONGEST_NAME)
ALSO, REPLACES = "also", "replaces"  # whoever holds the role: the newcomer comes beside them, or in the place of one
SAME, NEW = "same", "new"  # a unit whose name is nearly another's


class InviteRule(StaffRule[Invite]):
    name = "invite"

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        if not invites(s, by):
            raise NotHolder(role=ADMIN)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        return self.asking(on, fields=_fields(s, by, choices))

    def made(self, by: int, on: On, form: Form | None) -> Invite:
        answers = form.answers if form else {}
        beside, _, whom = answers.get("beside", "").partition(":")
        same, _, unit = answers.get("same_unit", "").partition(":")
        return Invite(
            by=by,
            role=answers["role"],
            name=answers["name"],
            sapaan=answers.get("sapaan"),
            unit=unit if same == SAME else answers.get("unit"),
            also=beside == ALSO,
            replaces=int(whom.partition(":")[0]) if beside == REPLACES else None,
            is_new_unit=same == NEW,
        )

    def asked_after(self, form: Form, refusal: Refusal) -> Form:
        """Whether a unit that is nearly called as another is that one."""
        if not isinstance(refusal, MemberRefused) or refusal.facts["reason"] != "near":
            return form
        unit, near = form.answers["unit"], refusal.facts["unit"]
        options = (Option(value=f"{SAME}:{near}", label=near), Option(value=f"{NEW}:{unit}", label=unit))
        asked = Field(name="same_unit", kind="choice", options=options, only=(Where(field="unit", values=(unit,)),))
        fields = (*(item for item in form.fields if item.name != asked.name), asked)
        return form.model_copy(update={"fields": fields, "asking": asked.name})


class InviteAgainRule(InviteRule):
    """The same person anew, whose invitation has run out: all that was said of him is filled in."""

    name, about = "invite_again", "invitation"

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        found = invitation_of(s, on)
        if found.role is None:
            raise Unknown(subject=f"i{found.id}")
        check_invites(s, by, found.role)
        if found.used_by is not None:
            raise MemberRefused(reason="joined", role=found.role, by=called(found), unit=found.unit)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        found = invitation_of(s, on)
        fields = _fields(s, by, choices)
        filled = self.asking(on, fields=fields, answers=_answers(found))
        left = [item for item in filled.sequence if item.name not in filled.answers and not item.optional]
        return filled.model_copy(update={"asking": left[0].name if left else None})


class RelinkRule(StaffRule[Invite]):
    """For a new phone: his name and what he is appointed to stay."""

    name, about = "relink", "member"

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        check_administers(s, by)
        person = person_of(s, on)
        if person.account is not None:
            raise MemberRefused(reason="linked", role=None, by=called(person), unit=None)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        return self.asking(on, fields=(PERSON,), answers={"person": called(person_of(s, on))})

    def made(self, by: int, on: On, form: Form | None) -> Invite:
        return Invite(by=by, member=known(on.member, "member"))


def _fields(s: OfficeSituation, by: int, choices: Choices) -> tuple[Field, ...]:
    """A role that is held asks whether the newcomer comes beside its holders; a role of units, for his."""
    own = invites(s, by)
    alone = {role: holders(s, role) for role in own if role not in s.rules.units and role != ADMIN}
    held = {role: items for role, items in alone.items() if items}
    beside = tuple(option for role, items in held.items() for option in _beside(role, items))
    of_held, of_units = (
        Where(field="role", values=tuple(held)),
        Where(field="role", values=tuple(sorted(s.rules.units))),
    )
    return (
        Field(name="role", kind="choice", options=tuple(item for item in choices.roles if item.value in own)),
        Field(name="beside", kind="choice", by="role", options=beside, only=(of_held,)),
        NAME,
        SAPAAN,
        Field(name="unit", kind="text", most=LONGEST_NAME, options=each(known_units(s)), only=(of_units,)),
    )


def _beside(role: str, items: tuple[Appointment, ...]) -> tuple[Option, ...]:
    people = {item.member: called(item) for item in items}
    instead = (Option(value=f"{REPLACES}:{member}:{role}", label=name, fits=(role,)) for member, name in people.items())
    return (*instead, Option(value=f"{ALSO}:{role}", label=", ".join(people.values()), fits=(role,)))


def _answers(found: Invitation) -> dict[str, str]:
    told = {"role": found.role, "name": found.name, "sapaan": found.sapaan, "unit": found.unit}
    return {name: value for name, value in told.items() if value}
