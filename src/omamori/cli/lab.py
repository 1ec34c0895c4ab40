"""`omamori lab up|down|status|run|demo`: a hospital to try things on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from omamori.cli.check import show_result
from omamori.cli.language import help_text
from omamori.cli.options import Lang, screen_for
from omamori.cli.screen import DONE, NOT_FINISHED, Screen
from omamori.model.text import Text
from omamori.pipeline.lab import HostStatus, LabPapers, LabStatus, lab_down, lab_names, lab_run, lab_status, lab_up
from omamori.pipeline.lab_demo import DemoRequest, run_demo

app = typer.Typer(
    no_args_is_help=True,
    help=help_text(
        "試すための病院。このLinux機の中に、本物のサーバ、ファイアウォール、VPNで作ります(rootが必要)",
        "A hospital to try things on, made of real servers, firewalls and VPNs inside this Linux machine (needs root)",
    ),
)
Name = Annotated[
    str, typer.Option(help=help_text("ラボの名前。違う名前なら同時に作れます", "name of the lab; two names can stand at once"))
]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("プログラム用にJSONで表示", "print JSON, for programs"))]
_DEFAULT = "hospital"


@app.command(
    "up",
    help=help_text(
        "病院を作ります。sick=悪い例、healthy=良い例。\n\n例: sudo omamori lab up --shape sick",
        "Bring the hospital up: sick, the bad picture, or healthy, the good one.\n\nExample: sudo omamori lab up --shape sick",
    ),
)
def up(
    shape: Annotated[str, typer.Option(help=help_text("sick または healthy", "sick or healthy"))] = "sick",
    name: Name = _DEFAULT,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Bring a lab up; returns the exit code."""
    if shape not in ("sick", "healthy"):
        raise typer.BadParameter("--shape: sick, healthy")
    with screen_for(lang) as screen:
        papers = lab_up(name, "sick" if shape == "sick" else "healthy", datetime.now(UTC), screen.language, screen)
    if as_json:
        screen.raw(json.dumps(_papers(papers), ensure_ascii=False, indent=1))
    else:
        _show_papers(screen, papers)
    return DONE


@app.command(
    "down",
    help=help_text(
        "病院を片付けます。何も残しません。\n\n例: sudo omamori lab down",
        "Take the hospital down; nothing is left.\n\nExample: sudo omamori lab down",
    ),
)
def down(
    name: Name = _DEFAULT,
    every: Annotated[bool, typer.Option("--all", help=help_text("すべてのラボ", "every lab"))] = False,
    lang: Lang = None,
) -> int:
    """Take a lab down; returns the exit code."""
    with screen_for(lang) as screen:
        screen.step(Text("片付けています", "Taking it down"))
        gone = lab_down(None if every else name)
    for one in gone:
        screen.line(Text(f"ラボ「{one}」を片付けました", f"the lab {one} is down").say(screen.language))
    return DONE


@app.command(
    "status",
    help=help_text(
        "機器とサービスが動いているかを表示します。\n\n例: sudo omamori lab status --json",
        "Show the hosts and whether their services are up.\n\nExample: sudo omamori lab status --json",
    ),
)
def status(name: Name = _DEFAULT, as_json: AsJson = False, lang: Lang = None) -> int:
    """Show a lab; returns 3 when something of it is not up."""
    screen = screen_for(lang)
    told = lab_status(name)
    if as_json:
        screen.raw(json.dumps(_status(told), ensure_ascii=False, indent=1))
    else:
        _show_status(screen, told, [one for one in lab_names() if one != name])
    return DONE if told.all_up else NOT_FINISHED


@app.command(
    "run",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False},
    help=help_text(
        "病院の機器の場所からプログラムを実行します(ネットワークだけがその機器のもの)。\n\n例: sudo omamori lab run it-laptop nmap -sn 10.10.1.0/27",
        "Run a program from where a host stands: with its network, and the files of this machine.\n\n"
        "Example: sudo omamori lab run it-laptop nmap -sn 10.10.1.0/27",
    ),
)
def run(
    context: typer.Context,
    host: Annotated[str, typer.Argument(help=help_text("機器", "host"))],
    name: Name = _DEFAULT,
    inside: Annotated[
        bool, typer.Option("--inside", help=help_text("プロセスや/tmpもその機器のもの", "with its processes and its /tmp as well"))
    ] = False,
    lang: Lang = None,
) -> int:
    """Run a program inside a host; returns its exit code."""
    screen_for(lang)
    if not context.args:
        raise typer.BadParameter("command missing")
    return lab_run(name, host, context.args, inside=inside)


@app.command(
    "demo",
    help=help_text(
        "ひととおりを本物の機器で見せます: 病院を作る、SSHで調べる、スキャン、判定と報告書、片付け。\n\n例: sudo omamori lab demo",
        "Show the whole job on real machines: hospital up, look over SSH, scan, judge and report, hospital down."
        "\n\nExample: sudo omamori lab demo",
    ),
)
def demo(
    shape: Annotated[str, typer.Option(help=help_text("sick または healthy", "sick or healthy"))] = "sick",
    name: Name = "demo",
    out: Annotated[Path, typer.Option(help=help_text("サイトと報告書を置く場所", "where site and report go"))] = Path("omamori-demo"),
    lang: Lang = None,
) -> int:
    """Run the demonstration; returns the exit code."""
    if shape not in ("sick", "healthy"):
        raise typer.BadParameter("--shape: sick, healthy")
    screen = screen_for(lang)
    request = DemoRequest("sick" if shape == "sick" else "healthy", name, out, datetime.now(UTC), screen.language)
    result = run_demo(request, lambda: screen_for(lang), lambda text: screen.line(f"■ {text.say(screen.language)}", "bold"))
    show_result(screen, result.check)
    screen.line(Text("かかった時間", "How long it took").say(screen.language), "bold")
    for text, seconds in result.took:
        screen.line(f"{seconds:8.1f} s  {text.say(screen.language)}")
    return DONE


def _papers(papers: LabPapers) -> dict[str, Any]:
    files = {
        "folder": papers.folder,
        "approval": papers.approval,
        "ledger": papers.ledger,
        "key": papers.key,
        "known_hosts": papers.known_hosts,
    }
    return {
        "name": papers.name,
        "shape": papers.shape,
        **{key: str(path) for key, path in files.items()},
        "scanner": papers.scanner,
        "ssh": list(papers.ssh),
    }


def _show_papers(screen: Screen, papers: LabPapers) -> None:
    def say(ja: str, en: str) -> None:
        screen.line(Text(ja, en).say(screen.language))

    say(f"病院ができました({papers.shape})。機器 {papers.hosts} 台", f"the hospital stands ({papers.shape}): {papers.hosts} hosts")
    say(f"  スキャンの承認書: {papers.approval}", f"  approval for scanning: {papers.approval}")
    say(f"  台帳: {papers.ledger}", f"  ledger: {papers.ledger}")
    say(f"  SSHの鍵: {papers.key}  known_hosts: {papers.known_hosts}", f"  SSH key: {papers.key}  known_hosts: {papers.known_hosts}")
    named = "" if papers.name == _DEFAULT else f"--name {papers.name} "
    say("次にできること:", "what can be done next:")
    screen.line(f"  omamori lab run {named}{papers.scanner} omamori scan --approval {papers.approval}")
    screen.line(f"  omamori lab status {named}".rstrip())
    screen.line(f"  omamori lab down {named}".rstrip())


def _status(told: LabStatus) -> dict[str, Any]:
    return {
        "name": told.name,
        "shape": told.shape,
        "folder": str(told.folder),
        "all_up": told.all_up,
        "hosts": [
            {
                "host": one.host.id,
                "name": {"ja": one.host.name.ja, "en": one.host.name.en},
                "kind": one.host.kind,
                "namespace": one.namespace,
                "addresses": {leg.zone: str(leg.address) for leg in one.host.legs},
                "up": one.up,
                "services": [{"service": service.service, "up": service.up, "log": service.log} for service in one.services],
            }
            for one in told.hosts
        ],
        "lines": [{"line": one.line.id, "name": {"ja": one.line.name.ja, "en": one.line.name.en}, "up": one.up} for one in told.lines],
    }


def _show_status(screen: Screen, told: LabStatus, others: list[str]) -> None:
    say = screen.language
    screen.line(f"{told.name} ({told.shape})  {told.folder}")
    for one in told.hosts:
        screen.spans([(f"{_mark(one.up)} {one.host.id:<18}", ""), (f"{_addresses(one):<32}", "dim"), (_services(one), "")])
    for line in told.lines:
        screen.line(f"{_mark(line.up)} {line.line.id:<18}{line.line.name.say(say)}")
    if others:
        screen.line(Text(f"ほかのラボ: {' '.join(others)}", f"other labs: {' '.join(others)}").say(say))


def _addresses(one: HostStatus) -> str:
    shown = [str(leg.address) for leg in one.host.legs]
    return " ".join(shown[:2]) + (f" +{len(shown) - 2}" if len(shown) > 2 else "")


def _services(one: HostStatus) -> str:
    return " ".join(f"{service.service}{'' if service.up else '(×)'}" for service in one.services)


def _mark(up: bool) -> str:
    return "○" if up else "×"
