"""The whole board on one page, in points: what `templates/print/papan.typ` draws as it is told, and measures nothing of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from alur.views import words
from alur.views.board import metrics, texts
from alur.views.board.grid import Grid, grid
from alur.views.board.routes import SIZES, Lanes, Point, Routes, heights, lanes, routes
from alur.views.board.texts import Marks, Row, Said
from alur.views.environment import vocabulary
from alur.workflow.engine import Situation
from alur.workflow.record.flow import Course, Flow, Shape, flow, walked
from alur.workflow.record.marks import State, marks
from alur.workflow.sop import Sop

PHONE = 390.0  # a phone's screen is so wide, and so is the page where the roles are not too many
MARGIN, PAD = 6.0, 3.0
TITLE, BODY, SMALL = 7.8, 7.2, 7.0  # sizes of type
LEADING = 1.24  # from line to line, in parts of the size
LEAST_LANE, LEAST_LANES = 25.0, 60.0  # wide; each, and all together
LEAST_LEFT, LEAST_RIGHT = 96.0, 108.0
LEFT_PART = 0.47  # of what the lanes leave, what stands on their left
TURNED = 92.0  # how high the heads of the lanes are at most
NUMBER_GAP = 3.0  # between a step's number and its title
MOST_OF_TITLE, MOST_OF_SAID, MOST_OF_THING = 5, 5, 6  # lines


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`routes` are what the drawing's lines and shapes are made of, as values."""

    flow: Flow
    grid: Grid
    routes: Routes
    left: float  # where the lanes begin
    right: float  # and end
    top: float  # the first row's
    width: float
    height: float
    drawing: dict[str, Any]


@dataclass
class _Drawing:
    fills: list[list[Any]] = field(default_factory=list)
    rules: list[list[float]] = field(default_factory=list)
    texts: list[list[Any]] = field(default_factory=list)
    turned: list[list[Any]] = field(default_factory=list)
    shapes: list[list[Any]] = field(default_factory=list)
    lines: list[list[Any]] = field(default_factory=list)

    def fill(self, x: float, y: float, width: float, height: float, tone: str) -> None:
        self.fills.append([*_rounded(x, y, width, height), tone])

    def rule(self, *ends: float) -> None:
        self.rules.append(_rounded(*ends))

    def write(self, x: float, y: float, lines: Sequence[str], size: float, said: Said) -> float:
        """The height that it takes."""
        self.texts.append([*_rounded(x, y), size, said.bold, said.tone, list(lines)])
        return len(lines) * size * LEADING

    def shape(self, shape: Shape, x: float, y: float, width: float, height: float, state: str, label: str) -> None:
        self.shapes.append([shape.value, *_rounded(x, y, width, height), state, label])

    def line(self, points: Iterable[Point], course: Course, *, is_walked: bool) -> None:
        self.lines.append([[_rounded(*point) for point in points], course.value, is_walked])


def sheet(sop: Sop, s: Situation | None = None) -> Sheet:
    """The SOP's board; of a case with how it stands."""
    chart = flow(sop)
    found = grid(chart)
    columns = lanes(found, least=max(LEAST_LANE, LEAST_LANES / found.lanes))
    spare = max(PHONE - 2 * MARGIN - columns.width, 0)
    left_room, right_room = max(spare * LEFT_PART, LEAST_LEFT), max(spare * (1 - LEFT_PART), LEAST_RIGHT)
    page = _Page(sop=sop, s=s, flow=chart, grid=found, columns=columns, left_room=left_room, right_room=right_room)
    return page.made()


@dataclass(kw_only=True)
class _Page:
    sop: Sop
    s: Situation | None
    flow: Flow
    grid: Grid
    columns: Lanes
    left_room: float
    right_room: float
    own: _Drawing = field(default_factory=_Drawing)

    @property
    def left(self) -> float:
        return MARGIN + self.left_room

    @property
    def right(self) -> float:
        return self.left + self.columns.width

    @property
    def width(self) -> float:
        return self.right + self.right_room + MARGIN

    def made(self) -> Sheet:
        found = marks(self.s) if self.s is not None else {}
        rows = texts.rows(self.sop, self.s, found)
        y = self._heading(MARGIN, found)
        head = y
        y = top = self._columns_head(y)
        needed = heights(self.flow, self.grid)
        tops: dict[int, float] = {}
        for row in rows:
            high = max(needed[row.number], self._row(row, y) + 2 * PAD)
            tops[row.number] = y + (high - needed[row.number]) / 2
            self._band(row, y, high)
            y += high
        self._frame(head, y)
        made = self._chart(tops, {at: mark.state for at, mark in found.items()})
        height = self._legend(y + 2 * PAD, {mark.state for mark in found.values()}) + MARGIN
        drawing = {"width": round(self.width, 2), "height": round(height, 2), **vars(self.own)}
        return Sheet(
            flow=self.flow,
            grid=self.grid,
            routes=made,
            left=self.left,
            right=self.right,
            top=top,
            width=self.width,
            height=height,
            drawing=drawing,
        )

    def _heading(self, y: float, found: Marks) -> float:
        for at, said in enumerate(texts.heading(self.sop, self.s, found)):
            size = TITLE + 1.7 if at == 0 else BODY + 0.3
            y += self._write(MARGIN, y, said, self.width - 2 * MARGIN, size, most=5)
        return y + PAD

    def _columns_head(self, y: float) -> float:
        """The names of the roles are turned, as a printed board has them."""
        said = vocabulary("board")
        edges = self.columns.edges
        names = []
        for at, role in enumerate(self.flow.roles):
            most = max(1, int((edges[at + 1] - edges[at] - 3) / (SMALL * LEADING)))
            title = words.role_title(role, (self.sop,))
            names.append(metrics.broken(title, TURNED - 2 * PAD, SMALL, bold=True, most=most))
        wide = max(metrics.width(line, SMALL, bold=True) for lines in names for line in lines)
        bar = SMALL * LEADING + PAD
        high = wide + 2 * PAD
        self.own.fill(MARGIN, y, self.width - 2 * MARGIN, bar + high, "head")
        middle = self.left + (self.columns.width - metrics.width(said["roles"], SMALL, bold=True)) / 2
        over = ((MARGIN + PAD, "activity"), (middle, "roles"), (self.right + PAD, "quality"))
        for x, name in over:
            self.own.write(x, y + PAD / 2, [said[name]], SMALL, Said(text=said[name], bold=True))
        self.own.rule(self.left, y + bar, self.right, y + bar)
        for at, lines in enumerate(names):
            middle = self.left + self.columns.middles[at]
            thick = len(lines) * SMALL * LEADING
            self.own.turned.append([*_rounded(middle - thick / 2, y + bar + high - PAD), SMALL, list(lines)])
        return y + bar + high

    def _row(self, row: Row, y: float) -> float:
        """Writes what stands beside the step's shapes; the height of it."""
        x, room = MARGIN + PAD, self.left_room - 2 * PAD
        number, title = Said(text=f"{row.number}.", bold=True), Said(text=row.title, bold=True)
        indent = metrics.width(f"{len(self.sop.steps)}.", TITLE, bold=True) + NUMBER_GAP
        self._write(x, y + PAD, number, indent, TITLE, most=1)
        own = self._write(x + indent, y + PAD, title, room - indent, TITLE, most=MOST_OF_TITLE)
        for said in row.facts:
            own += self._write(x, y + PAD + own, said, room, BODY, most=MOST_OF_SAID)
        beside = 0.0
        for said in row.quality:
            place, wide = self.right + PAD, self.right_room - 2 * PAD
            beside += self._write(place, y + PAD + beside, said, wide, SMALL, most=MOST_OF_THING)
        return max(own, beside)

    def _write(self, x: float, y: float, said: Said, room: float, size: float, *, most: int) -> float:
        lines = metrics.broken(said.text, room, size, bold=said.bold, most=most)
        return self.own.write(x, y, lines, size, said)

    def _band(self, row: Row, y: float, high: float) -> None:
        if row.tone in ("current", "overdue", "waiting"):
            self.own.fill(MARGIN, y, self.width - 2 * MARGIN, high, row.tone)
        self.own.rule(MARGIN, y, self.width - MARGIN, y)

    def _frame(self, top: float, bottom: float) -> None:
        high = SMALL * LEADING + PAD
        for x in (MARGIN, self.left, self.right, self.width - MARGIN):
            self.own.rule(x, top, x, bottom)
        edges = self.columns.edges
        for at in range(1, len(edges) - 1, 2):  # every other lane is shaded: a rule between them would be one more line
            self.own.fill(self.left + edges[at], top + high, edges[at + 1] - edges[at], bottom - top - high, "lane")
        for y in (top, bottom):
            self.own.rule(MARGIN, y, self.width - MARGIN, y)

    def _chart(self, tops: dict[int, float], states: dict[tuple[int, int], State]) -> Routes:
        moved = Lanes(
            middles=tuple(self.left + x for x in self.columns.middles),
            gutters=tuple(self.left + x for x in self.columns.gutters),
            widths=self.columns.widths,
            width=self.columns.width,
        )
        made = routes(self.flow, self.grid, moved, tops)
        gone = walked(self.flow, self.s.case) if self.s is not None else frozenset()
        order = sorted(range(len(made.lines)), key=lambda at: at in gone)  # those that were gone lie on top
        for at in order:
            self.own.line(made.lines[at], self.flow.edges[at].course, is_walked=at in gone)
        for node, box in zip(self.flow.nodes, made.boxes, strict=True):
            state = states.get((node.step, node.task), State.AHEAD) if node.task is not None else State.AHEAD
            label = str(node.step) if node.task is not None else ""
            self.own.shape(box.shape, box.x, box.y, box.width, box.height, state.value, label)
        return made

    def _legend(self, y: float, states: set[State]) -> float:
        """What stands on this board of the signs and colours."""
        said, x = vocabulary("legend"), MARGIN
        shapes = {node.shape for node in self.flow.nodes}
        signs: list[tuple[str, str]] = [(item.value, "shape") for item in Shape if item in shapes and item in said]
        courses = {edge.course for edge in self.flow.edges}
        signs += [(item.value, "line") for item in Course if item in courses and item in said]
        if self.s is not None:
            signs += [("walked", "line"), *((item.value, "chip") for item in State if item in states and item in said)]
        high = BODY * LEADING + 5
        for name, kind in signs:
            wide = 24 + metrics.width(said[name], BODY) + 9
            if x + wide > self.width - MARGIN and x > MARGIN:
                x, y = MARGIN, y + high
            self._sign(name, kind, x + 10, y + high / 2)
            self.own.write(x + 24, y + (high - BODY * LEADING) / 2, [said[name]], BODY, Said(text="", tone="plain"))
            x += wide
        return y + high

    def _sign(self, name: str, kind: str, x: float, y: float) -> None:
        if kind == "line":
            course = Course.BACK if name == "back" else Course.ONWARD
            self.own.line(((x - 9, y), (x + 9, y)), course, is_walked=name == "walked")
        elif kind == "chip":
            self.own.shape(Shape.BOX, x, y, 16, 9, name, "")
        else:
            wide, high = SIZES[Shape(name)]
            self.own.shape(Shape(name), x, y, wide * 0.8, min(high, 14) * 0.8, State.AHEAD.value, "")


def _rounded(*values: float) -> list[float]:
    return [round(value, 2) for value in values]
