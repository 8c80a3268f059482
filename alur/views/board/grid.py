"""Where the nodes stand and which way each line takes, in whole numbers: levels and lanes, and between them channels and gutters.

Channel n lies above level n, gutter n left of lane n. A line leaves a node below, or a return at its side; it runs along channels
and gutters alone and comes in from above. In each of them no two lines have the same track where they run side by side, and
over and under each node no two have the same port.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from alur.workflow.record.flow import Course, Edge, Flow

Span = tuple[int, int]


@dataclass(kw_only=True)
class Line:
    """One edge. Offsets and tracks are counted; what a line does not use stays as it is."""

    edge: int
    is_straight: bool = False  # down from node to node
    is_level: bool = False  # from side to side
    side: int = 0  # by which it leaves: -1 left, 1 right, 0 below
    out: int = 0  # offset of its port below the node
    into: int = 0  # offset of its port above the node
    height: int = 0  # offset at the side
    gutter: int | None = None
    column: int = 0  # track in the gutter
    first: int | None = None  # track in the channel under its source
    last: int | None = None  # track in the channel over its target


class Claim(NamedTuple):
    """A line's way along a channel, a gutter or a level, for which it is to be given a track under that name."""

    span: Span
    line: Line
    name: str


class Port(NamedTuple):
    """Where a line leaves or comes in: which side it goes to, whether it leads on, and what its port is called there."""

    towards: int
    is_main: bool
    line: Line
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    lanes: int
    levels: int
    lane_of: tuple[int, ...]  # of each node
    level_of: tuple[int, ...]
    step_of: tuple[int, ...]  # of each level
    lines: tuple[Line, ...]
    ports: dict[int, int]  # of each lane, the farthest port
    heights: dict[int, int]  # of each level, the farthest offset at a side
    columns: dict[int, int]  # of each gutter, how many tracks
    tracks: dict[int, int]  # of each channel, how many


def grid(flow: Flow) -> Grid:
    steps = sorted({(node.step, node.level) for node in flow.nodes})
    level_of = tuple(steps.index((node.step, node.level)) for node in flow.nodes)
    lane_of = tuple(flow.roles.index(node.role) for node in flow.nodes)
    laid = _Laid(flow=flow, level_of=level_of, lane_of=lane_of)
    lines = tuple(laid.line(at, edge) for at, edge in enumerate(flow.edges))
    laid.number()
    return Grid(
        lanes=len(flow.roles),
        levels=len(steps),
        lane_of=lane_of,
        level_of=level_of,
        step_of=tuple(step for step, _ in steps),
        lines=lines,
        ports=laid.farthest_ports,
        heights=laid.farthest_heights,
        columns=laid.columns,
        tracks=laid.tracks,
    )


@dataclass(kw_only=True)
class _Laid:
    """Every place in a row of lanes and gutters has a number: of lane n 2n + 1, of gutter n 2n; likewise of levels and channels
    down the page. Spans are closed: what shares one place at its end has another track, too.
    """

    flow: Flow
    level_of: tuple[int, ...]
    lane_of: tuple[int, ...]
    ports: dict[tuple[int, int], list[Port]] = field(default_factory=lambda: defaultdict(list))
    sides: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    gutters: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    channels: dict[int, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    farthest_ports: dict[int, int] = field(default_factory=dict)
    farthest_heights: dict[int, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    tracks: dict[int, int] = field(default_factory=dict)

    def line(self, at: int, edge: Edge) -> Line:
        line = Line(edge=at)
        above, below = self.level_of[edge.source], self.level_of[edge.target]
        here, there = self.lane_of[edge.source], self.lane_of[edge.target]
        if edge.course is Course.WITH and self._is_clear(above, here, there):
            line.is_level, line.side = True, 1 if there > here else -1
            self._claim_side(line, above, _span(2 * here + 1, 2 * there + 1))
        elif edge.course is not Course.ONWARD:
            self._around(line, above, below, here, there)
        elif below == above + 1 and here == there:
            line.is_straight = True
            self.ports[below, here].append(Port(0, True, line, ("out", "into")))
        elif below == above + 1:
            self._leave_below(line, above, here, 2 * there + 1)
            self._claim_channel(line, below, _span(2 * here + 1, 2 * there + 1), is_first=True)
            self._come_in(line, below, there, 2 * here + 1)
        else:
            self._past(line, above, below, here, there)
        return line

    def _is_clear(self, level: int, here: int, there: int) -> bool:
        between = range(min(here, there) + 1, max(here, there))
        return not any(at == level and lane in between for at, lane in zip(self.level_of, self.lane_of, strict=True))

    def _around(self, line: Line, above: int, below: int, here: int, there: int) -> None:
        """Out at the side, up beside the lane, and in from above."""
        span = _span(2 * below, 2 * above + 1)
        found = min((here + 1, here), key=lambda item: abs(2 * item - 2 * there - 1) + 2 * self._load(item, span))
        line.side = 1 if found > here else -1
        self._claim_side(line, above, _span(2 * here + 1, 2 * found))
        self._claim_gutter(line, found, span)
        self._claim_channel(line, below, _span(2 * found, 2 * there + 1), is_first=False)
        self._come_in(line, below, there, 2 * found)

    def _past(self, line: Line, above: int, below: int, here: int, there: int) -> None:
        """Out below, down beside the lanes past other levels, and in from above."""
        span = _span(2 * (above + 1), 2 * below)
        cost = {
            item: abs(2 * item - 2 * here - 1) + abs(2 * item - 2 * there - 1) + 2 * self._load(item, span)
            for item in range(len(self.flow.roles) + 1)
        }
        found = min(cost, key=lambda item: (cost[item], item))
        self._leave_below(line, above, here, 2 * found)
        self._claim_channel(line, above + 1, _span(2 * here + 1, 2 * found), is_first=True)
        self._claim_gutter(line, found, span)
        self._claim_channel(line, below, _span(2 * found, 2 * there + 1), is_first=False)
        self._come_in(line, below, there, 2 * found)

    def _load(self, gutter: int, span: Span) -> int:
        return sum(_meet(span, claim.span) for claim in self.gutters[gutter])

    def _leave_below(self, line: Line, level: int, lane: int, towards: int) -> None:
        is_main = self.flow.edges[line.edge].course is Course.ONWARD
        self.ports[level + 1, lane].append(Port(towards - 2 * lane - 1, is_main, line, ("out",)))

    def _come_in(self, line: Line, level: int, lane: int, origin: int) -> None:
        is_main = self.flow.edges[line.edge].course is Course.ONWARD
        self.ports[level, lane].append(Port(origin - 2 * lane - 1, is_main, line, ("into",)))

    def _claim_side(self, line: Line, level: int, span: Span) -> None:
        self.sides[level].append(Claim(span, line, "height"))

    def _claim_gutter(self, line: Line, gutter: int, span: Span) -> None:
        line.gutter = gutter
        self.gutters[gutter].append(Claim(span, line, "column"))

    def _claim_channel(self, line: Line, channel: int, span: Span, *, is_first: bool) -> None:
        self.channels[channel].append(Claim(span, line, "first" if is_first else "last"))

    def number(self) -> None:
        """Tracks and ports for all that was claimed."""
        for (_, lane), claims in self.ports.items():
            farthest = _numbered(claims)
            self.farthest_ports[lane] = max(farthest, self.farthest_ports.get(lane, 0))
        for level, found in self.sides.items():
            self.farthest_heights[level] = _tracked(found, alternating) // 2
        self.columns = {gutter: _tracked(found) for gutter, found in self.gutters.items()}
        self.tracks = {channel: _tracked(found) for channel, found in self.channels.items()}


def _numbered(claims: Iterable[Port]) -> int:
    """Ports over or under one node: the main line in the middle, the others to the side on which they go; the farthest of them."""
    taken = {-1: 0, 1: 0}
    for at, port in enumerate(sorted(claims, key=lambda item: (not item.is_main, abs(item.towards)))):
        side = -1 if port.towards < 0 else 1
        taken[side] += at > 0
        for name in port.names:
            setattr(port.line, name, side * taken[side] if at else 0)
    return max(taken.values())


def _tracked(claims: Iterable[Claim], numbered: Callable[[int], int] = int) -> int:
    """The shortest first, each on the first track on which it meets none; how many tracks there are."""
    tracks: list[list[Span]] = []
    for span, line, name in sorted(claims, key=lambda item: (item.span[1] - item.span[0], item.span)):
        at = next((at for at, own in enumerate(tracks) if not any(_meet(span, other) for other in own)), len(tracks))
        if at == len(tracks):
            tracks.append([])
        tracks[at].append(span)
        setattr(line, name, numbered(at))
    return len(tracks)


def alternating(at: int) -> int:
    """0, 1, -1, 2, -2, …"""
    return (at + 1) // 2 * (1 if at % 2 else -1)


def _span(one: int, other: int) -> Span:
    return min(one, other), max(one, other)


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
