"""SOPs of any shape that the engine knows, for what is drawn of them: steps in turn and together, ways, returns, meetings."""

from hypothesis import strategies as st

from alur.workflow.sop import Role, Start, Step, TaskDef, TaskKind, Way
from tests.factories import MEMO


def an_sop(steps, roles, *, ways=(), title=MEMO.title):
    """The steps as they are, whatever they lack to be run."""
    starts = Start(ways=tuple(Way(label=f"Mulai {to}", to=to) for to in ways))
    return MEMO.model_copy(update={"roles": tuple(roles), "steps": tuple(steps), "start": starts, "title": title})


def some_roles(count, title="Jabatan"):
    return [Role(id=f"r{at}", name=f"{title} {at}", title=f"{title} {at}") for at in range(count)]


def a_step(number, tasks, *, together=None, title="Kegiatan", things=("Data", "Nota dinas")):
    return Step(
        number=number,
        title=f"{title} {number}",
        activity=title,
        working_days=1,
        requisites=things,
        outputs=things,
        tasks=tuple(tasks),
        together=together,
    )


@st.composite
def sops(draw, most_steps=9, most_roles=6):
    count = draw(st.integers(1, most_roles))
    last = draw(st.integers(1, most_steps))
    roles = some_roles(count)
    names = st.sampled_from([role.id for role in roles])

    def ways(number):
        targets = range(number + 1, last + 1)
        if len(targets) < 2 or draw(st.integers(0, 3)):
            return ()
        chosen = draw(st.lists(st.sampled_from(targets), min_size=2, max_size=4, unique=True))
        return tuple(Way(label=f"Ke {to}", to=to) for to in chosen)

    def task(number, role, *, together=None, is_last=True):
        kinds = [TaskKind.PREPARE, TaskKind.DISPOSE]
        kinds += [TaskKind.REVIEW] * 2 if number > 1 else []
        kinds += [] if together else [TaskKind.CONVENE]
        kind = draw(st.sampled_from(kinds))
        parts = {}
        if kind is TaskKind.REVIEW:
            parts["returns_to"] = draw(st.integers(1, number - 1))
        if kind is TaskKind.CONVENE:
            parts["participants"] = tuple(draw(st.lists(names, max_size=3, unique=True)))
            parts["waits_for"] = draw(st.none() | names)
        if is_last and together != "all":
            parts["ways"] = ways(number)
        return TaskDef(role=role, kind=kind, **parts)

    def step(number):
        together = draw(st.sampled_from([None, None, "all", "any"])) if count > 1 else None
        least, most = (2, min(count, 5)) if together else (1, 3)
        own = draw(st.lists(names, min_size=least, max_size=most, unique=bool(together)))
        tasks = [
            task(number, role, together=together, is_last=bool(together) or at == len(own) - 1)
            for at, role in enumerate(own)
        ]
        return a_step(number, tasks, together=together)

    begins = draw(st.lists(st.integers(1, last), max_size=3, unique=True))
    return an_sop([step(number) for number in range(1, last + 1)], roles, ways=begins if len(begins) > 1 else ())


def the_largest():
    """Forty steps, twelve roles, every title as long as it may be."""
    long = ("<&#[\\ Penyusunan " + "pertanggungjawabankinerja " * 20)[:300]
    roles = some_roles(12, long)
    steps = []
    for number in range(1, 41):
        own = [roles[(number * 5 + at) % 12].id for at in range(4 if number % 4 == 0 else 1)]
        kind = TaskKind.REVIEW if number > 1 and number % 2 == 0 else TaskKind.PREPARE
        back = {"returns_to": max(1, number - 3 - number % 7)} if kind is TaskKind.REVIEW else {}
        tasks = [TaskDef(role=role, kind=kind, **back) for role in own]
        steps.append(a_step(number, tasks, together="all" if len(own) > 1 else None, title=long, things=(long,) * 6))
    return an_sop(steps, roles, title=long)
