"""Positions are computed at build time, so that a page opens at rest and always as the same picture.

Communities (Louvain) are laid out one by one and packed as discs, near the communities they are tied
to: groups stay apart, and the cost grows with the size of a community, not of the graph. As on a map,
the important have more room than the rest, the most important stand in the middle of their disc, and
the view of the top part fills the window as well as the view of all. Coordinates are whole numbers.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx
import numpy
import rustworkx

SPACING = 68.0  # pixels at scale 1 between the centres of two unimportant neighbours
STRETCH = 1.25  # a window between its panels is a little wider than high, and labels are wide
_SEED = 4754  # any number; fixed, so that a picture is stable
_SMALL = 3  # communities below this size go to the rim, unnamed
_GAPS = 100  # so many of those, the most important, fill the gaps between communities
_LARGE = 2_000  # a community above this size is split again: it would be a hairball
_TOP = 60  # ranks count from here ...
_FALL = 1.3  # ... and twice the rank has room less by this power of two
_DENSITY = 0.62  # radius of a disc over the root of the room its members ask for

_TURNS = numpy.arange(72) * (math.tau / 72)
_RAYS = numpy.stack([numpy.cos(_TURNS), numpy.sin(_TURNS)], axis=1).round(9)  # the same on every processor

Point = tuple[float, float]
Edge = tuple[int, int, float]
Numbers = numpy.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a node stands and how far its neighbours keep; ``community`` counts from 0, -1 is the rim."""

    x: int
    y: int
    community: int
    space: float


def place_nodes(edges: Sequence[Edge], scores: Sequence[float]) -> tuple[Placement, ...]:
    """Return a place for each node, in the order of *scores*.

    Args:
        edges: Pairs of node numbers with a weight; parallel edges add up.
        scores: The importance of each node, in descending order.

    Example:
        >>> places = place_nodes([(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)], [3, 2, 1])
        >>> [place.community for place in places]
        [0, 0, 0]
        >>> places == place_nodes([(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)], [3, 2, 1])
        True
    """
    n_nodes = len(scores)
    spaces = [SPACING * max(1.0, n_nodes / (rank + _TOP)) ** (_FALL / 2) for rank in range(n_nodes)]
    graph = _to_graph(edges, n_nodes)
    communities, rim = _find_communities(graph, scores)
    discs = [_lay_out(graph, members, spaces) for members in communities]
    radii = [_radius(members, spaces) for members in communities]
    near, far = rim[:_GAPS], rim[_GAPS:]
    ties = _ties(graph, [*communities, *([node] for node in near)])
    centres = _pack([*radii, *(spaces[node] * 0.6 for node in near)], ties)
    points: dict[int, tuple[float, float, int]] = {}
    for number, (members, disc, centre) in enumerate(zip(communities, discs, centres, strict=False)):
        for node, point in zip(members, disc, strict=True):
            points[node] = (centre[0] + point[0], centre[1] + point[1], number)
    rooms = zip(centres, [*radii, *(spaces[node] * 0.6 for node in near)], strict=True)
    reach = max((math.hypot(*centre) + radius for centre, radius in rooms), default=0.0)
    lone = [*centres[len(communities) :], *_ring(len(far), reach)]
    for node, (x, y) in zip(rim, lone, strict=True):
        points[node] = (x, y, -1)
    return tuple(
        Placement(round(points[node][0] * STRETCH), round(points[node][1]), points[node][2], spaces[node])
        for node in range(n_nodes)
    )


def _to_graph(edges: Sequence[Edge], n_nodes: int) -> networkx.Graph:
    graph = networkx.Graph()
    graph.add_nodes_from(range(n_nodes))
    for source, target, weight in edges:
        if source != target:
            previous = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
            graph.add_edge(source, target, weight=previous + weight)
    return graph


def _find_communities(graph: networkx.Graph, scores: Sequence[float]) -> tuple[list[list[int]], list[int]]:
    found = networkx.community.louvain_communities(graph, seed=_SEED)
    parts: list[list[int]] = []
    for members in map(sorted, found):
        if len(members) > _LARGE:
            inner = graph.subgraph(members)
            parts += map(sorted, networkx.community.louvain_communities(inner, seed=_SEED, resolution=1.5))
        else:
            parts.append(members)
    communities = [members for members in parts if len(members) >= _SMALL]
    communities.sort(key=lambda members: (-sum(scores[node] for node in members), members[0]))
    rim = sorted(node for members in parts if len(members) < _SMALL for node in members)
    return communities, rim


def _radius(members: Sequence[int], spaces: Sequence[float]) -> float:
    room = math.sqrt(sum(spaces[node] ** 2 for node in members))
    return _DENSITY * room + 0.5 * max(spaces[node] for node in members)


def _lay_out(graph: networkx.Graph, members: Sequence[int], spaces: Sequence[float]) -> list[Point]:
    """Return a point near the origin for each member of one community.

    The spring layout gives the direction; the distance from the middle mixes its own with the
    rank by importance (members are in that order), and every node has the room it asks for.
    """
    springs = _spring_layout(graph, members)
    by_spring = _ranks([math.hypot(*point) for point in springs])
    mixed = _ranks([0.35 * by_spring[n] + 0.65 * n for n in range(len(members))])
    order = sorted(range(len(members)), key=mixed.__getitem__)
    points: list[Point] = [(0.0, 0.0)] * len(members)
    used = 0.0
    for position, number in enumerate(order):
        angle = math.atan2(springs[number][1], springs[number][0])
        room = spaces[members[number]] ** 2
        distance = 0.0 if position == 0 else _DENSITY * math.sqrt(used + room / 2)
        points[number] = (distance * math.cos(angle), distance * math.sin(angle))
        used += room
    wanted = [spaces[node] for node in members]
    return _push_apart(points, wanted, _radius(members, spaces) - 0.4 * max(wanted))


def _spring_layout(graph: networkx.Graph, members: Sequence[int]) -> list[Point]:
    local = {node: number for number, node in enumerate(members)}
    inner = rustworkx.PyGraph()
    inner.add_nodes_from(list(members))
    inner.add_edges_from(
        [
            (local[node], local[other], data["weight"])
            for node in members
            for other, data in sorted(graph.adj[node].items())
            if other in local and node < other
        ]
    )
    layout = rustworkx.spring_layout(
        inner, seed=_SEED, num_iter=120 if len(members) <= 120 else 60, weight_fn=lambda w: min(w, 4.0)
    )
    points = [(float(layout[n][0]), float(layout[n][1])) for n in range(len(members))]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    return [(x - middle_x, y - middle_y) for x, y in points]


def _ranks(values: Sequence[float]) -> list[int]:
    order = sorted(range(len(values)), key=lambda n: (values[n], n))
    ranks = [0] * len(values)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks


def _push_apart(points: Sequence[Point], spaces: Sequence[float], limit: float) -> list[Point]:
    """Move points that are too near each other, within a disc of radius *limit*."""
    turn = numpy.arange(len(points)) * 2.4  # two at one place part in directions of their own
    x = numpy.array([point[0] for point in points]) + 1e-3 * numpy.cos(turn)
    y = numpy.array([point[1] for point in points]) + 1e-3 * numpy.sin(turn)
    room = numpy.array(spaces)
    for turns in range(40):
        if turns % 4 == 0:  # who may touch whom changes slowly
            one, two, apart = _close_pairs(x, y, room)
        gap_x, gap_y = x[one] - x[two], y[one] - y[two]
        distances = numpy.sqrt(gap_x * gap_x + gap_y * gap_y) + 1e-9
        push = 0.4 * numpy.maximum(apart / distances - 1.0, 0.0)
        if not push.any():
            break
        x = x + _net(one, two, gap_x * push, len(x)).clip(-room, room)
        y = y + _net(one, two, gap_y * push, len(y)).clip(-room, room)
        inside = numpy.minimum(1.0, limit / (numpy.sqrt(x * x + y * y) + 1e-9))
        x, y = (x * inside).round(6), (y * inside).round(6)  # the last digits differ between processors
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _close_pairs(x: Numbers, y: Numbers, room: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return pairs of points that touch or soon may, and how far apart each should be."""
    one, two = numpy.triu_indices(len(x), 1)
    apart = 0.45 * (room[one] + room[two])
    near = (x[one] - x[two]) ** 2 + (y[one] - y[two]) ** 2 < (1.8 * apart) ** 2
    return one[near], two[near], apart[near]


def _net(one: Numbers, two: Numbers, push: Numbers, n_points: int) -> Numbers:
    """Return what all pushes of pairs come to for each point."""
    return numpy.bincount(one, push, n_points) - numpy.bincount(two, push, n_points)


def _ties(graph: networkx.Graph, communities: Sequence[Sequence[int]]) -> list[dict[int, float]]:
    home = {node: number for number, members in enumerate(communities) for node in members}
    ties: list[dict[int, float]] = [defaultdict(float) for _ in communities]
    for source, target, data in graph.edges(data=True):
        one, two = home.get(source), home.get(target)
        if one is not None and two is not None and one != two:
            ties[one][two] += data["weight"]
            ties[two][one] += data["weight"]
    return ties


def _pack(radii: Sequence[float], ties: Sequence[dict[int, float]]) -> list[Point]:
    """Place discs without overlap: each as near as it can be to those it is tied to and to the middle."""
    placed: list[Point] = []
    for number, radius in enumerate(radii):
        weights = [(other, tie) for other, tie in sorted(ties[number].items()) if other < number]
        total = sum(tie for _, tie in weights)
        pull = 0.6 if total else 0.0  # the rest of the pull is towards the middle of the picture
        target_x = pull * sum(placed[o][0] * tie for o, tie in weights) / (total or 1.0)
        target_y = pull * sum(placed[o][1] * tie for o, tie in weights) / (total or 1.0)
        # without ties the last place tells where the middle is full; sizes only shrink from there
        full = 0.0 if total or not placed else 0.8 * math.hypot(*placed[-1])
        placed.append(_nearest_free((target_x, target_y), radius, placed, radii, full))
    return placed


def _nearest_free(
    target: Point, radius: float, placed: Sequence[Point], radii: Sequence[float], full: float
) -> Point:
    """Return the place nearest to *target*, *full* away or more, where a disc has room.

    Along each ray from the target every disc that stands blocks one interval; the place is the end of
    the last interval before the first gap.
    """
    if not placed:
        return target
    ahead = numpy.array(placed) - numpy.array(target)
    apart = numpy.array(radii[: len(placed)]) + radius + SPACING * 0.3
    along = _RAYS @ ahead.T
    aside = apart**2 - ((ahead**2).sum(axis=1) - along**2)
    half = numpy.sqrt(numpy.maximum(aside, 0.0))
    starts = numpy.where(aside > 0, along - half, numpy.inf)
    order = numpy.argsort(starts, axis=1, kind="stable")
    starts = numpy.take_along_axis(starts, order, axis=1)
    ends = numpy.take_along_axis(numpy.where(aside > 0, along + half, -numpy.inf), order, axis=1)
    first = numpy.full((len(_RAYS), 1), full)
    reached = numpy.maximum.accumulate(numpy.hstack([first, ends]), axis=1)  # before each start, and at last
    free = numpy.hstack([starts >= reached[:, :-1], numpy.ones((len(_RAYS), 1), dtype=bool)])
    distances = reached[numpy.arange(len(_RAYS)), free.argmax(axis=1)].round(3)
    points = numpy.array(target) + distances[:, None] * _RAYS
    _, x, y = min(zip(distances.tolist(), *points.round(3).T.tolist(), strict=True))
    return x, y


def _ring(n_points: int, reach: float) -> list[Point]:
    """Return places outside a disc of radius *reach*, filled from within like the seeds of a sunflower."""
    start = (reach / SPACING + 1.0) ** 2
    golden = math.pi * (3 - math.sqrt(5))
    return [
        (
            SPACING * math.sqrt(start + n) * math.cos(n * golden),
            SPACING * math.sqrt(start + n) * math.sin(n * golden),
        )
        for n in range(n_points)
    ]
