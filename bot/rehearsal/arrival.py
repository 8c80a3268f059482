"""How people come to a rehearsal: by invitation, as to any office. `interactive` has them arrive, and who may still join has a
link on the page, which is made anew when its days have passed.
"""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer

from bot.rehearsal.cast import Cast
from bot.rehearsal.expectations import CannotGoOn
from bot.rehearsal.profiles import ADMIN, Profile
from bot.rehearsal.sandbox import Sandbox
from simulator import Phone, SimulatorRefusedError

if TYPE_CHECKING:
    from bot.rehearsal.samples import Sample

WELCOMED_WITHIN = 20.0  # seconds
LINKS_VALID_FOR = timedelta(days=7)  # of the rehearsal's own clock, as the bot's invitations
LOOK_EVERY = 1.0  # seconds: a link expires when the clock is moved, and nothing tells of that


async def arrive(sandbox: Sandbox, cast: Cast) -> dict[Profile, Phone]:
    """All join, and each of the others has a link. Returns their phones."""
    telegram = sandbox.telegram
    phones = {profile: await telegram.person(profile.name, about=_about(profile, cast)) for profile in cast.people}
    since = await telegram.clock()
    invited = (*cast.people, *cast.may_join)
    codes = dict(zip(invited, await sandbox.invite(invited), strict=True))
    await asyncio.gather(*(_join(phone, codes[profile]) for profile, phone in phones.items()))
    for profile in cast.may_join:
        await telegram.add_link(
            profile.label, codes[profile], until=since + LINKS_VALID_FOR, name=profile.name, about=profile.desk
        )
    return phones


async def lay_out(sandbox: Sandbox, samples: Iterable["Sample"], phones: Mapping[Profile, Phone]) -> None:
    """What each may send lies on his phone."""
    for sample in samples:
        people = [phones[profile] for profile in sample.people]
        given = sample.paper
        await sandbox.telegram.add_sample(given.name, given.data, mime_type=given.mime, people=people, note=sample.note)


async def keep_links(sandbox: Sandbox, cast: Cast) -> None:
    """Whatever has expired on the page is replaced, for ever; where nobody can be invited the terminal says so."""
    try:
        await _keep_links(sandbox, cast)
    except (CannotGoOn, SimulatorRefusedError) as stopped:
        typer.echo(f"Who may still join has no new link: {stopped}", err=True)


async def _keep_links(sandbox: Sandbox, cast: Cast) -> None:
    known = {profile.label.casefold(): profile for profile in (*cast.may_join, ADMIN)}
    while True:
        listed = await sandbox.telegram.ask("GET", "/control/links")
        old = [*listed["expired"], *(link for link in listed["links"] if link["until"] is None)]
        if stale := {link["id"]: known[name] for link in old if (name := _whom(link)) in known}:
            since = await sandbox.telegram.clock()
            codes = await sandbox.invite(tuple(stale.values()))
            for link_id, code in zip(stale, codes, strict=True):
                await sandbox.telegram.renew_link(link_id, code, until=since + LINKS_VALID_FOR)
        await asyncio.sleep(LOOK_EVERY)


def _whom(link: Mapping[str, Any]) -> str:
    """The label of a profile; an older Alur wrote there until when the link holds."""
    return str(link["label"]).partition(", until ")[0].casefold()


def _about(profile: Profile, cast: Cast) -> str:
    """What stands under the name, so that the page alone shows where to begin."""
    return f"{profile.desk} · opens the case with /mulai" if profile is cast.people[0] else profile.desk


async def _join(phone: Phone, code: str) -> None:
    sent = await phone.send(f"/start {code}")
    await phone.wait_for(lambda message: "Selamat datang" in message.text, after=sent, timeout=WELCOMED_WITHIN)
