"""The buttons under a card. A button is shown to whoever may press it; whether it still holds is the engine's to say."""

from collections.abc import Iterable
from dataclasses import replace

from alur.views import limits
from alur.views.environment import vocabulary
from alur.views.screen import Button, Reader, Rows, Style
from alur.workflow.case import Task
from alur.workflow.engine import Situation
from alur.workflow.engine.acts import RULES
from alur.workflow.engine.acts.correct import CorrectRule
from alur.workflow.engine.acts.grant_days import GrantRule
from alur.workflow.engine.acts.hand_on import WithdrawDecisionRule
from alur.workflow.engine.acts.nudge_desk import NudgeRule
from alur.workflow.engine.acts.record_nadine import NadineRule, is_reported
from alur.workflow.engine.acts.report_obstacle import ObstacleRule
from alur.workflow.engine.acts.schedule_meeting import ScheduleRule
from alur.workflow.engine.acts.withdraw_grant import WithdrawGrantRule
from alur.workflow.engine.acts.withdraw_signed import WithdrawSignedRule
from alur.workflow.engine.correctable import correctable
from alur.workflow.engine.meetings import standing_ahead
from alur.workflow.engine.rule import DecisionRule, Row
from alur.workflow.engine.standing import Standing, standing
from alur.workflow.engine.time_given import MOST_DAYS
from alur.workflow.presses import AnyPress, On, PressAct, PressCard, PressFiles, PressHistory, PressLess, PressMore
from alur.workflow.reading import readable, reads_whole
from alur.workflow.sop import LONGEST_LABEL, TaskKind, Way

STYLES: dict[str, Style] = {  # by the press's name
    "submit": "primary",
    "dispose": "primary",
    "approve": "success",
    "return": "danger",
    "meet": "primary",
    "direct": "primary",
    "archive": "primary",
    "present": "success",
    "send": "success",
    "open": "primary",
    "nadine": "primary",  # shown only while the number is missing
}


def button(press: AnyPress, *, label: str = "", style: Style | None = None) -> Button:
    """The button of a press under its label; `label` names another of the vocabulary's, `style` another than its own."""
    return Button(label=vocabulary("labels")[label or press.name], press=press, style=style or STYLES.get(press.name))


def turning(previous: AnyPress | None, further: AnyPress | None) -> Rows:
    """The row that turns a screen's pages, where there are any."""
    turns = (("previous", previous), ("further", further))
    row = tuple(button(press, label=label) for label, press in turns if press is not None)
    return (row,) if row else ()


def card_buttons(s: Situation, *, case_id: int, task: Task, reader: Reader, is_unfolded: bool = False) -> Rows:
    """A row a line of `Row`, in the order of the rules' own table; each rule says itself whether it is the reader's to do.
    What is rare stands behind *Lainnya*, and in the place of the others where that was pressed.
    """
    if not task.is_open or s.case.suspension is not None:
        return (
            *undo_button(s, case_id=case_id, task=task, reader=reader),
            *reading_buttons(s, case_id=case_id, task=task, reader=reader),
        )
    rows = _acts(s, case_id, task, reader)
    if task.kind is TaskKind.ARCHIVE:
        rows[Row.NUMBER] += nadine_buttons(s, case_id=case_id, reader=reader)
    files, history = _files(s, case_id, task, reader), _history(s, case_id, task, reader)
    rare = (*rows.pop(Row.MORE), *history)
    own = [(item,) for item in rows.pop(Row.NUMBER)]
    above = [tuple(rows[row]) for row in rows if row < Row.NUMBER and rows[row]]
    below = [tuple(rows[row]) for row in rows if row > Row.NUMBER and rows[row]]
    usual = (*above, *own, *below)
    if not usual and rare == history:  # nothing is to be done here
        return reading_buttons(s, case_id=case_id, task=task, reader=reader)
    if is_unfolded and rare:
        return in_pairs((*rare, button(PressLess(case=case_id, task=task.id))))
    more = (button(PressMore(case=case_id, task=task.id)),) if rare else ()
    return tuple(row for row in (*usual, (*files, *more)) if row)


def undo_button(s: Situation, *, case_id: int, task: Task, reader: Reader) -> Rows:
    """*Tarik Keputusan*, for whoever decided, until that is handed on."""
    rule = WithdrawDecisionRule()
    if task.held is None or not rule.offers(s, reader.member, On(task=task.id)):
        return ()
    return ((button(PressAct(rule=rule.name, case=case_id, on=On(task=task.id))),),)


def in_pairs(buttons: tuple[Button, ...]) -> Rows:
    return tuple(buttons[start : start + 2] for start in range(0, len(buttons), 2))


def _acts(s: Situation, case_id: int, task: Task, reader: Reader) -> dict[Row, list[Button]]:
    rows: dict[Row, list[Button]] = {row: [] for row in Row}
    on = On(task=task.id, revision=task.revision)
    for rule in RULES:
        if rule.row is not None and rule.offers(s, reader.member, on):
            # Only what decides over versions is bound to them: an upload must not change a guest's card.
            about = on if isinstance(rule, DecisionRule) else On(task=task.id)
            if ways := rule.ways(s, on):
                rows[rule.row] += [_way_button(rule.name, case_id, about, way) for way in ways]
                continue
            label = rule.label(s, on)
            is_awaited = label == "schedule" and task.kind is TaskKind.CONVENE
            style: Style | None = "primary" if is_awaited else None
            press = PressAct(rule=rule.name, case=case_id, on=about)
            rows[rule.row].append(button(press, label=label, style=style))
    return rows


def _way_button(rule: str, case_id: int, about: On, way: Way) -> Button:
    """One of several ways on, in the place of the button that decides."""
    press = PressAct(rule=rule, case=case_id, on=about.model_copy(update={"way": way.to}))
    return Button(label=limits.shortened(way.label, LONGEST_LABEL), press=press, style=STYLES.get(rule))


def reading_buttons(s: Situation, *, case_id: int, task: Task, reader: Reader) -> Rows:
    """The one row of a card on which nothing is to be done."""
    row = (*_files(s, case_id, task, reader), *_history(s, case_id, task, reader))
    return (row,) if row else ()


def _files(s: Situation, case_id: int, task: Task, reader: Reader) -> tuple[Button, ...]:
    """*Lihat Berkas*, where there is something that he may read."""
    may = reads_whole(s.sop, reader.reads) or readable(s, member=reader.member, unit=reader.unit, roles=reader.reads)
    return (button(PressFiles(case=case_id, task=task.id)),) if may else ()


def _history(s: Situation, case_id: int, task: Task, reader: Reader) -> tuple[Button, ...]:
    """*Riwayat*, for those who read cases whole."""
    return (button(PressHistory(case=case_id, task=task.id)),) if reads_whole(s.sop, reader.reads) else ()


def nadine_buttons(
    s: Situation, *, case_id: int, reader: Reader, documents: Iterable[str] | None = None
) -> tuple[Button, ...]:
    """*Isi Nomor Nadine* for each approved letter without a number, or for those of `documents`, where the reader may enter
    it. The first bears the plain label, as everywhere; of several the others name their letter.
    """
    letters = documents if documents is not None else [item.id for item in s.sop.documents]
    rule = NadineRule()
    about = [letter for letter in letters if rule.offers(s, reader.member, On(document=letter))]
    found = [button(PressAct(rule=rule.name, case=case_id, on=On(document=letter))) for letter in about]
    rest = zip(found[1:], about[1:], strict=True)
    return (*found[:1], *(_of(item, s.sop.document(letter).title) for item, letter in rest))


def desk_buttons(*, case_id: int, task: Task, has_told: bool = False) -> Rows:
    """Under a reminder of the reader's own desk: its card anew, and *Ada Kendala* where there is a limit, unless he `has_told`
    of one since.
    """
    if not task.is_open:
        return ()
    card = button(PressCard(case=case_id, task=task.id))
    return ((card, obstacle_button(case_id, task)),) if task.due and not has_told else ((card,),)


def own_card(s: Situation, *, case_id: int, reader: Reader, tasks: Iterable[Task] | None = None) -> Rows:
    """*Buka Kartu* under what arrives below the card of the reader's own open desk: of the first of `tasks`, else of any that
    is open, to which he stands.
    """
    found = s.case.open_tasks if tasks is None else tasks
    own = (
        task
        for task in found
        if task.is_open
        and standing(s, task, reader.member, reader.roles)[0] not in (Standing.ONLOOKER, Standing.COLLEAGUE)
    )
    task = next(own, None)
    return ((button(PressCard(case=case_id, task=task.id)),),) if task else ()


def obstacle_button(case_id: int, task: Task) -> Button:
    return button(PressAct(rule=ObstacleRule.name, case=case_id, on=On(task=task.id)))


def grant_buttons(case_id: int, obstacle: int) -> Rows:
    """One, two or three more working days, in one row."""
    days = range(1, MOST_DAYS + 1)
    label = vocabulary("titles")["days"]
    presses = {n: PressAct(rule=GrantRule.name, case=case_id, on=On(obstacle=obstacle, days=n)) for n in days}
    return (tuple(Button(label=label.format(n), press=press) for n, press in presses.items()),)


def correct_button(s: Situation, *, case_id: int, reader: Reader, on: On | None = None) -> Rows:
    """*Perbaiki Isian*, where the reader may put something right; of a letter's number, where `on` names the letter."""
    rule, about = CorrectRule(), on or On()
    is_offered = rule.offers(s, reader.member, about)
    return ((button(PressAct(rule=rule.name, case=case_id, on=about)),),) if is_offered else ()


def correct_report_button(s: Situation, *, case_id: int, reader: Reader) -> Rows:
    """The same under the final report: where the reader may put right what that says."""
    says = any(is_reported(s, item.name) for item in correctable(s, reader.member))
    return correct_button(s, case_id=case_id, reader=reader) if says else ()


def withdraw_grant_button(s: Situation, *, case_id: int, reader: Reader, obstacle: int) -> Rows:
    rule, on = WithdrawGrantRule(), On(obstacle=obstacle)
    is_offered = rule.offers(s, reader.member, on)
    return ((button(PressAct(rule=rule.name, case=case_id, on=on)),),) if is_offered else ()


def withdraw_signed_button(s: Situation, *, case_id: int, reader: Reader, version: int) -> Rows:
    """*Batalkan Berkas* under the answer to a signed copy that is none, as far as can be told."""
    rule, on = WithdrawSignedRule(), On(version=version)
    is_offered = rule.offers(s, reader.member, on)
    return ((button(PressAct(rule=rule.name, case=case_id, on=on)),),) if is_offered else ()


def nudge_buttons(s: Situation, *, case_id: int, reader: Reader, tasks: Iterable[Task]) -> tuple[Button, ...]:
    """*Ingatkan* for each desk that is due and held, where the reader waits for it and nobody has reminded it today. Where
    several have the same step, each is named.
    """
    held = (task for task in tasks if task.is_open and not s.is_vacant(task.role))
    due = [task for task in held if NudgeRule().offers(s, reader.member, On(task=task.id))]
    found = [button(PressAct(rule=NudgeRule.name, case=case_id, on=On(task=task.id))) for task in due]
    if len(found) == 1:
        return tuple(found)
    return tuple(of_desk(item, s, task) for item, task in zip(found, due, strict=True))


def of_desk(found: Button, s: Situation, task: Task) -> Button:
    """A button that names the desk, where others have the same label."""
    return _of(found, s.sop.role(task.role).title)


def _of(found: Button, named: str) -> Button:
    label = vocabulary("titles")["of_desk"].format(found.label, named)
    return replace(found, label=limits.shortened(label, LONGEST_LABEL))


def outside_meeting_buttons(s: Situation, *, case_id: int, reader: Reader) -> tuple[Button, ...]:
    """*Jadwalkan Rapat* for each meeting that waits, or will wait, for an outside party, and *Ubah Jadwal* for one whose step comes
    again, where the reader may.
    """
    found, rule = [], ScheduleRule()
    for step in s.sop.steps:
        on = On(step=step.number)
        is_ahead = standing_ahead(s, step.number) is not None
        if not (step.tasks[0].waits_for or is_ahead) or not rule.offers(s, reader.member, on):
            continue
        task = next((item for item in reversed(s.case.tasks) if item.step == step.number), None)
        press = PressAct(rule=rule.name, case=case_id, on=On(task=task.id) if task and task.is_open else on)
        found.append(button(press, label=rule.label(s, on)))
    return tuple(found)
