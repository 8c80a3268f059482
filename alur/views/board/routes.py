"""The grid in points: how wide lanes and gutters are, how high levels and channels, and the corners of each line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt

from alur.views.board.grid import Grid, Line
from alur.workflow.record.flow import Flow, Shape

SPACE = 4.0  # between lines that run side by side
CLEAR = 6.5  # between a line and the node under it: room for an arrow's head
GUTTER, CHANNEL, BELOW = 3.5, 9.0, 5.0  # the least; and what a row has under its last level
SIZES: Mapping[Shape, tuple[float, float]] = {
    Shape.START: (21, 13),
    Shape.CAPSULE: (21, 14),
    Shape.BOX: (19, 14),
    Shape.DIAMOND: (22, 19),
    Shape.PARTY: (16, 11),
    Shape.BAR: (19, 3),
}
Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A node; `x` and `y` are its middle."""

    shape: Shape
    x: float
    y: float
    width: float
    height: float

    def edge_below(self, x: float) -> float:
        """How far below its middle its edge lies at that place."""
        off, half = abs(x - self.x), self.height / 2
        if self.shape is Shape.DIAMOND:
            return half * (1 - off / (self.width / 2))
        if self.shape in (Shape.CAPSULE, Shape.START) and off > (flat := self.width / 2 - half):
            return sqrt(half**2 - (off - flat) ** 2)
        return half

    def edge_beside(self, y: float) -> float:
        """How far beside its middle, likewise."""
        off, half = abs(y - self.y), self.width / 2
        if self.shape is Shape.DIAMOND:
            return half * (1 - off / (self.height / 2))
        if self.shape in (Shape.CAPSULE, Shape.START):
            radius = self.height / 2
            return half - radius + sqrt(radius**2 - off**2)
        return half


@dataclass(frozen=True, kw_only=True)
class Lanes:
    """The columns of the roles, from their left edge."""

    middles: tuple[float, ...]
    gutters: tuple[float, ...]  # where each begins
    widths: tuple[float, ...]  # of gutters
    width: float  # of all together

    @property
    def edges(self) -> tuple[float, ...]:
        """What divides the columns."""
        inner = (left + wide / 2 for left, wide in zip(self.gutters[1:-1], self.widths[1:-1], strict=True))
        return (0.0, *inner, self.width)


@dataclass(frozen=True, kw_only=True)
class Routes:
    boxes: tuple[Box, ...]  # of each node
    lines: tuple[tuple[Point, ...], ...]  # of each edge


def lanes(found: Grid, *, least: float) -> Lanes:
    """Each at least so wide with what divides it from the next."""
    tracks = [found.columns.get(at, 0) for at in range(found.lanes + 1)]
    nodes = [_widest(found, lane) for lane in range(found.lanes)]
    widths = [max(GUTTER, (count + 1) * SPACE) for count in tracks]
    pitch = sum(widths) + sum(nodes)
    spare = max(0.0, least * found.lanes - pitch) / (found.lanes + 1)
    widths = [wide + spare for wide in widths]
    lefts = list(accumulate((wide + node for wide, node in zip(widths, nodes, strict=False)), initial=0.0))
    middles = (left + wide + node / 2 for left, wide, node in zip(lefts, widths, nodes, strict=False))
    return Lanes(middles=tuple(middles), gutters=tuple(lefts), widths=tuple(widths), width=lefts[-1] + widths[-1])


def _widest(found: Grid, lane: int) -> float:
    return max(22.0, 2 * (found.ports.get(lane, 0) * SPACE + 5))


def heights(flow: Flow, found: Grid) -> dict[int, float]:
    """How high the levels and channels of each step are, with what lies under them."""
    needed: dict[int, float] = {}
    for level, step in enumerate(found.step_of):
        own = _channel(found, level) + _level(flow, found, level)
        needed[step] = needed.get(step, BELOW) + own
    return needed


def routes(flow: Flow, found: Grid, columns: Lanes, tops: Mapping[int, float]) -> Routes:
    """`tops` is where each step's first channel begins."""
    levels: list[float] = []  # where each begins
    step, y = 0, 0.0
    for level, own in enumerate(found.step_of):
        y = tops[own] if own != step else y
        step = own
        levels.append(y + _channel(found, level))
        y = levels[-1] + _level(flow, found, level)
    boxes = tuple(_box(flow, found, columns, levels, at) for at in range(len(flow.nodes)))
    drawn = _Corners(flow=flow, grid=found, columns=columns, levels=levels, boxes=boxes)
    return Routes(boxes=boxes, lines=tuple(drawn.of(line) for line in found.lines))


def _channel(found: Grid, channel: int) -> float:
    return max(CHANNEL, CLEAR + found.tracks.get(channel, 0) * SPACE)


def _level(flow: Flow, found: Grid, level: int) -> float:
    return max(_height(flow, found, at) for at, own in enumerate(found.level_of) if own == level)


def _height(flow: Flow, found: Grid, node: int) -> float:
    shape = flow.nodes[node].shape
    least = SIZES[shape][1]
    return least if shape is Shape.BAR else max(least, 2 * found.heights.get(found.level_of[node], 0) * SPACE + 8)


def _box(flow: Flow, found: Grid, columns: Lanes, levels: Sequence[float], node: int) -> Box:
    shape, level, lane = flow.nodes[node].shape, found.level_of[node], found.lane_of[node]
    width = max(SIZES[shape][0], 2 * (found.ports.get(lane, 0) * SPACE + 4))
    return Box(
        shape=shape,
        x=columns.middles[lane],
        y=levels[level] + _level(flow, found, level) / 2,
        width=width,
        height=_height(flow, found, node),
    )


@dataclass(frozen=True, kw_only=True)
class _Corners:
    flow: Flow
    grid: Grid
    columns: Lanes
    levels: Sequence[float]
    boxes: tuple[Box, ...]

    def of(self, line: Line) -> tuple[Point, ...]:
        edge = self.flow.edges[line.edge]
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        if line.is_level:
            y = source.y + line.height * SPACE
            ends = (source.x + line.side * source.edge_beside(y), target.x - line.side * target.edge_beside(y))
            return ((ends[0], y), (ends[1], y))
        into = target.x + line.into * SPACE
        end = (into, target.y - target.edge_below(into))
        if line.side:
            y, x, last = source.y + line.height * SPACE, self._column(line), self._last(line)
            begin = (source.x + line.side * source.edge_beside(y), y)
            return (begin, (x, y), (x, last), (into, last), end)
        out = source.x + line.out * SPACE
        begin = (out, source.y + source.edge_below(out))
        if line.is_straight:
            return (begin, end)
        first = self._track(self.grid.level_of[edge.source] + 1, line.first)
        if line.gutter is None:
            return (begin, (out, first), (into, first), end)
        x, last = self._column(line), self._last(line)
        return (begin, (out, first), (x, first), (x, last), (into, last), end)

    def _column(self, line: Line) -> float:
        """The tracks of a gutter lie in its middle."""
        gutter = line.gutter or 0
        count = self.grid.columns[gutter]
        middle = self.columns.gutters[gutter] + self.columns.widths[gutter] / 2
        return middle + (line.column - (count - 1) / 2) * SPACE

    def _last(self, line: Line) -> float:
        return self._track(self.grid.level_of[self.flow.edges[line.edge].target], line.last)

    def _track(self, channel: int, track: int | None) -> float:
        """Counted from the nodes below it upward."""
        return self.levels[channel] - CLEAR - (track or 0) * SPACE
