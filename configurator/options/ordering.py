"""Elimination orders: which variables to branch on first so that a formula soon falls apart.

Source: A. Darwiche, Decomposable negation normal form, J. ACM 48 (2001): the width of an elimination order of the
constraint graph bounds the size of the circuit. Branching starts with what is eliminated last.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from configurator.options.cnf import Cnf, exactly_one_groups

Manner = Literal["degree", "fill"]

_LONGEST_CLIQUE = 60
_WIDEST = 400
"""Beyond these a clause or an elimination front says nothing useful; it would only cost time."""
MOST_LOOKED_AT = 300_000_000
"""Ties between neighbours that counting new ones looks at: some seconds. What is left then goes by its ties alone."""


def elimination_order(cnf: Cnf, manner: Manner = "degree") -> tuple[int, ...]:
    """All variables, the one to branch on last first.

    The graph has one node for each exactly-one group (a multi-valued option), not one for each of its values. A
    number with a ladder is halved, and halved again.
    """
    home = {variable: variable for variable in range(1, cnf.variables + 1)}
    members: dict[int, list[int]] = {}
    for group in exactly_one_groups(cnf):
        home.update((variable, group[0]) for variable in group)
    for ladder in cnf.ladders:
        home.update((step, ladder[0]) for step in ladder)
        members[ladder[0]] = [ladder[place] for place in _halving(len(ladder))]
    halved = {step for ladder in cnf.ladders for step in ladder}
    for variable, node in home.items():
        if variable not in halved:
            members.setdefault(node, []).append(variable)
    graph = _graph(cnf.clauses, home)
    nodes = _eliminated(graph, manner)
    return tuple(variable for node in nodes for variable in reversed(members[node]))


def _halving(length: int) -> list[int]:
    """The places of a row: its middle, the middles of its halves, those of theirs."""
    found, spans = list[int](), [(0, length)]
    for first, last in spans:
        if first < last:
            middle = (first + last) // 2
            found.append(middle)
            spans += [(first, middle), (middle + 1, last)]
    return found


def _graph(clauses: Iterable[Sequence[int]], home: Mapping[int, int]) -> dict[int, set[int]]:
    """Which nodes stand together in a clause."""
    graph: dict[int, set[int]] = {node: set() for node in home.values()}
    for clause in clauses:
        nodes = {home[abs(literal)] for literal in clause[:_LONGEST_CLIQUE]}
        for node in nodes:
            graph[node] |= nodes
    for node, around in graph.items():
        around.discard(node)
    return graph


def _eliminated(graph: dict[int, set[int]], manner: Manner) -> list[int]:
    """Nodes in the order in which they go: always the one that now costs least; its neighbours become a clique."""
    cost = _degree if manner == "degree" else _fill
    heap = [(cost(graph, node), node) for node in graph]
    heapq.heapify(heap)
    order: list[int] = []
    spare = MOST_LOOKED_AT
    while heap:
        known, node = heapq.heappop(heap)
        if node not in graph or known != cost(graph, node):
            if node in graph:
                heapq.heappush(heap, (cost(graph, node), node))
            continue
        if len(graph[node]) > _WIDEST or spare < 0:
            return order + sorted(graph, key=lambda left: (len(graph[left]), left))
        order.append(node)
        for touched in _without(graph, node):
            heapq.heappush(heap, (cost(graph, touched), touched))
            spare -= len(graph[touched]) ** 2 if manner == "fill" else 1
    return order


def _without(graph: dict[int, set[int]], node: int) -> set[int]:
    """Take a node out; its neighbours, now all tied to each other."""
    around = graph.pop(node)
    for other in around:
        tied = graph[other]
        tied |= around
        tied.discard(other)
        tied.discard(node)
    return around


def _degree(graph: Mapping[int, set[int]], node: int) -> int:
    return len(graph[node])


def _fill(graph: Mapping[int, set[int]], node: int) -> int:
    """How many new ties the clique of its neighbours needs."""
    around = graph[node]
    wanted = len(around) * (len(around) - 1)
    return wanted - sum(len(graph[other] & around) for other in around) if len(around) > 1 else 0
