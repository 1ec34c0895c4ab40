"""Ways of an intruder through a large graph of steps, beside networkx and igraph in the same run (`make bench`).

250,000 nodes and 6,250,000 edges with step labels and evidence, drawn with a fixed seed. Each program runs in a process of its own on the
same columns and answers the same questions: the shortest way between two nodes, and from one node to fifty. Ours, through the code of `omamori paths`
(`analyze.paths.graph.build_graph`, `analyze.paths.search`), answers besides what only it is asked: the shortest certain way first,
and what is left without a thousand changes. Prints a table and writes `bench/results/paths.json`.

The peers are no part of the product: `make bench` installs them; one that is missing is left out and told.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from omamori.analyze.paths.graph import Steps, build_graph, plain
from omamori.analyze.paths.search import alive_steps, search, ways

if TYPE_CHECKING:
    from omamori.analyze.paths.graph import Numbers


RESULTS = Path(__file__).resolve().parent / "results"
NODES, EDGES, ROWS, SETS, CHANGES = 250_000, 6_250_000, 500_000, 50_000, 20_000
QUESTIONS = 5
BUILD_S, ASK_S, MEMORY_MB = 1.5, 0.2, 700.0
PEERS = ("networkx", "igraph")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The columns every program builds its graph from."""

    names: list[str]
    source: Numbers
    target: Numbers
    step: Numbers
    steps: Steps
    questions: list[tuple[int, int]]


def draw(nodes: int, edges: int) -> Drawn:
    """Draw the graph: each edge names one of the step rows, each row a kind, a certainty, a set of changes and a line of evidence."""
    dice = np.random.default_rng(20260601)
    rows = min(ROWS, edges)
    pairs = np.sort(dice.integers(0, CHANGES, (SETS, 2), dtype=np.int32), axis=1)
    steps = Steps(
        kind=dice.integers(0, 20, rows, dtype=np.int32),
        certain=dice.random(rows) < 0.6,
        free=np.zeros(rows, np.bool_),
        changes=dice.integers(0, SETS, rows, dtype=np.int32),
        evidence=np.arange(rows, dtype=np.int32),
        kinds=[f"kind-{number}" for number in range(20)],
        change_names=[f"change-{number:05}" for number in range(CHANGES)],
        change_sets=[tuple(pair) for pair in pairs.tolist()],
        evidences=[f"{number * 2654435761 % 2**32:08x}:{number % 997}" for number in range(rows)],
    )
    source, target = (dice.integers(0, nodes, edges, dtype=np.int32) for _ in range(2))
    asked = dice.integers(0, nodes, (QUESTIONS, 2))
    names = [f"node-{number:06}" for number in range(nodes)]
    return Drawn(names, source, target, dice.integers(0, rows, edges, dtype=np.int32), steps, [(a, b) for a, b in plain(asked)])


def ours(drawn: Drawn) -> dict[str, Any]:
    """Build and ask through the code of `omamori paths`."""
    build_s, graph = timed(lambda: build_graph(drawn.names, drawn.source, drawn.target, drawn.step, drawn.steps))
    every = alive_steps(graph)
    lengths, ask_s = each(drawn, lambda start, goal: len(search(graph, start, [goal], every).get(goal, [])))
    _, certain_s = each(drawn, lambda start, goal: len(ways(graph, start, [goal])))
    _, without_s = each(drawn, lambda start, goal: len(ways(graph, start, [goal], range(1000))))
    start, goals = fifty(drawn)
    fifty_s, found = timed(lambda: search(graph, start, goals, every))
    lengths.append(sum(len(way) for way in found.values()))
    fifty_certain_s, _ = timed(lambda: ways(graph, start, goals))
    only_ours = {"certain_first_s": certain_s, "without_s": without_s, "fifty_certain_first_s": fifty_certain_s}
    return {"build_s": build_s, "ask_s": ask_s, "lengths": lengths, "fifty_s": fifty_s} | only_ours


def by_networkx(drawn: Drawn) -> dict[str, Any]:
    """Build and ask with networkx."""
    networkx = import_module("networkx")

    def build() -> Any:
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(len(drawn.names)))
        edges = zip(plain(drawn.source), plain(drawn.target), plain(drawn.step), strict=True)
        graph.add_edges_from((start, end, {"step": step}) for start, end, step in edges)
        return graph

    build_s, graph = timed(build)
    lengths, ask_s = each(drawn, lambda start, goal: len(networkx.shortest_path(graph, start, goal)) - 1)
    start, goals = fifty(drawn)
    fifty_s, found = timed(lambda: networkx.single_source_shortest_path(graph, start))
    lengths.append(sum(len(found[goal]) - 1 for goal in goals if goal in found))
    return {"build_s": build_s, "ask_s": ask_s, "lengths": lengths, "fifty_s": fifty_s}


def by_igraph(drawn: Drawn) -> dict[str, Any]:
    """Build and ask with igraph."""
    igraph = import_module("igraph")

    def build() -> Any:
        graph = igraph.Graph(n=len(drawn.names), edges=np.column_stack((drawn.source, drawn.target)), directed=True)
        graph.es["step"] = plain(drawn.step)
        return graph

    build_s, graph = timed(build)
    lengths, ask_s = each(drawn, lambda start, goal: len(graph.get_shortest_paths(start, goal, mode="out", output="epath")[0]))
    start, goals = fifty(drawn)
    fifty_s, found = timed(lambda: graph.get_shortest_paths(start, goals, mode="out", output="epath"))
    lengths.append(sum(len(way) for way in found))
    return {"build_s": build_s, "ask_s": ask_s, "lengths": lengths, "fifty_s": fifty_s}


PROGRAMS: dict[str, Callable[[Drawn], dict[str, Any]]] = {"omamori": ours, "networkx": by_networkx, "igraph": by_igraph}


def each(drawn: Drawn, ask: Callable[[int, int], int]) -> tuple[list[int], list[float]]:
    """Ask every question: the answers, and the seconds of each."""
    asked = [timed(partial(ask, start, goal)) for start, goal in drawn.questions]
    return [answer for _, answer in asked], [seconds for seconds, _ in asked]


def fifty(drawn: Drawn) -> tuple[int, list[int]]:
    """Return one start and fifty goals: what `omamori paths` asks of an entry."""
    return drawn.questions[0][0], list(range(0, len(drawn.names), max(len(drawn.names) // 50, 1)))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return seconds and what the work gave: on the wall, or of the processor where other programs keep it busy (`--processor`)."""
    clock = time.process_time if "--processor" in sys.argv else time.perf_counter
    begin = clock()
    done = work()
    return round(clock() - begin, 3), done


def one(name: str, nodes: int, edges: int) -> int:
    """Measure one program in this process and print it as JSON."""
    found = PROGRAMS[name](draw(nodes, edges))
    found["largest_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    print(json.dumps(found))
    return 0


def main() -> int:
    """Measure all, print, write the results; 1 when a limit is exceeded, 2 when a program failed or answered differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=NODES)
    parser.add_argument("--edges", type=int, default=EDGES)
    parser.add_argument(
        "--processor", action="store_true", help="count seconds of the processor, on a machine that is busy with other things"
    )
    parser.add_argument("--one", choices=sorted(PROGRAMS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        return one(arguments.one, arguments.nodes, arguments.edges)
    found: dict[str, dict[str, Any]] = {}
    print(f"{'':12}{'build s':>9}{'slowest pair s':>16}{'fifty goals s':>15}{'largest MB':>12}")
    for name in ("omamori", *PEERS):
        if name in PEERS and importlib.util.find_spec(name) is None:
            print(f"{name} is not installed here: pip install {name}")
            continue
        command = [sys.executable, __file__, "--one", name, "--nodes", str(arguments.nodes), "--edges", str(arguments.edges)]
        command += ["--processor"] if arguments.processor else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name} did not finish: {done.stderr.strip().splitlines()[-1:]}")
            return 2
        found[name] = json.loads(done.stdout)
        print(
            f"{name:12}{found[name]['build_s']:9.2f}{max(found[name]['ask_s']):16.3f}{found[name]['fifty_s']:15.3f}{found[name]['largest_mb']:12.1f}"
        )
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "paths.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return verdict(found)


def verdict(found: dict[str, dict[str, Any]]) -> int:
    """Print how the limits are kept and whether all answered alike; return the exit code."""
    mine = found["omamori"]
    answers = {tuple(program["lengths"]) for program in found.values()}
    print(f"ways of the same length from all programs: {'yes' if len(answers) == 1 else 'NO'}")
    slowest = max(*mine["ask_s"], *mine["certain_first_s"], *mine["without_s"], mine["fifty_s"], mine["fifty_certain_first_s"])
    kept = [
        ("built", mine["build_s"], BUILD_S, "s"),
        ("slowest answer of any kind", slowest, ASK_S, "s"),
        ("memory", mine["largest_mb"], MEMORY_MB, "MB"),
    ]
    for what, value, limit, unit in kept:
        print(f"{what}: {value:.2f} {unit} (limit {limit:g} {unit}): {'kept' if value <= limit else 'EXCEEDED'}")
    if len(answers) != 1:
        return 2
    return 0 if all(value <= limit for _, value, limit, _ in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
