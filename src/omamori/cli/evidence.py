"""`omamori kit`, `omamori import`, `omamori collect`: how evidence comes in."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli import device, winrm
from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, NOT_FINISHED, Screen
from omamori.gate.ssh import SshOptions
from omamori.gate.winrm import Authentication
from omamori.model.text import Text
from omamori.pipeline.gather import collect_hosts, collect_windows_hosts, make_kit, take_in
from omamori.pipeline.outcome import Outcome
from omamori.report.clean import clean

KIT_HELP = help_text(
    "何もインストールしない機器(Windows、Linux)のための収集キットを作ります。--site を付けると、先に見に行く機器の一覧も入ります。"
    "\n\n例: omamori kit kit --seal --site omamori-site",
    "Make the collection kit for machines that install nothing (Windows, Linux). With --site it names the machines to visit first."
    "\n\nExample: omamori kit kit --seal --site omamori-site",
)
KIT_FILES = {
    "README.txt": Text("はじめに読むもの", "read this first"),
    "collect.cmd": Text("Windows: 右クリックして管理者として実行", "Windows: right-click, run as administrator"),
    "collect-linux.sh": Text("Linux: sudo sh で実行", "Linux: run with sudo sh"),
    "Windows-kit.ja.html": Text("Windowsでの使い方(共有、GPO、USB)", "how to use it on Windows, in Japanese"),
    "Windows-kit.en.html": Text("同じものの英語版", "how to use it on Windows: share, GPO, USB"),
    "Windows-by-hand.ja.html": Text(
        "スクリプトを動かせないWindows用(印刷して打つ)", "Windows where no script may run: print and type, in Japanese"
    ),
    "Windows-by-hand.en.html": Text("同じものの英語版", "Windows where no script may run: print and type"),
    "For-the-owner.ja.html": Text("機器の管理者へ渡す説明", "for the owner of a machine, in Japanese"),
    "For-the-owner.en.html": Text("同じものの英語版", "for the owner of a machine"),
    "Notice-for-staff.ja.txt": Text("職員への掲示文", "notice for the staff, in Japanese"),
    "Notice-for-staff.en.txt": Text("同じものの英語版", "notice for the staff"),
    "site-key.xml": Text("結果を暗号化する公開鍵", "public key that results are encrypted to"),
    "Visit-first.ja.html": Text("先に見に行く機器の一覧(印刷して持っていく)", "the machines to visit first, to print, in Japanese"),
    "Visit-first.en.html": Text("同じものの英語版", "the machines to visit first, to print and walk with"),
    "SHA256SUMS": Text("ファイルが変わっていないことの確認用", "to see that no file was altered"),
}
"""What the files of the kit are for; the others belong to `collect.cmd`."""
_NO_LIST = Text(
    "先に見に行く機器の一覧は入っていません。このサイトを omamori check で判定し、まだ見ていない機器が分かると入ります。",
    "No list of machines to visit is in it. It comes once this site was judged with omamori check and machines are known that wait.",
)
IMPORT_HELP = help_text(
    "収集結果・台帳・やること表・記入済みのチェックリスト・手入力のコマンド出力を取り込みます。\n\n例: omamori import *.kit ledger.xlsx",
    "Take in kit results, ledgers, to-do lists, filled-in checklists and hand-typed command output.\n\nExample: omamori import *.kit ledger.xlsx",
)
COLLECT_HELP = help_text(
    "SSH(Linux)かWinRM(Windows)で、名指しした機器だけを調べます(読み取りのみ)。"
    "\n\n例: omamori collect --ssh admin@10.1.0.11\n\n例: omamori collect --winrm karte-pc21 --user HOSPITAL\\it-admin",
    "Look at the machines you name over SSH (Linux) or WinRM (Windows), read only."
    "\n\nExample: omamori collect --ssh admin@10.1.0.11\n\nExample: omamori collect --winrm karte-pc21 --user HOSPITAL\\it-admin",
)


def kit(
    directory: Annotated[Path, typer.Argument(help=help_text("キットを書く場所", "where the kit goes"))],
    seal: Annotated[
        bool,
        typer.Option(
            "--seal", help=help_text("Windowsの結果を --site の鍵で暗号化させる", "let Windows results be encrypted to the key of --site")
        ),
    ] = False,
    site: SiteDir | None = None,
    lang: Lang = None,
) -> int:
    """Write the kit; returns the exit code."""
    if seal and site is None:
        raise typer.BadParameter("--seal: --site DIR")
    with screen_for(lang) as screen:
        written = make_kit(directory, seal_for=site if seal else None, site=site)
    for path in written:
        use = KIT_FILES.get(path.name)
        screen.line(clean(f"{path}  {use.say(screen.language)}" if use else str(path)))
    if site is not None and not any(path.name.startswith("Visit-first") for path in written):
        screen.line(_NO_LIST.say(screen.language))
    return DONE


def import_command(
    files: Annotated[list[Path], typer.Argument(help=help_text("ファイル、フォルダ、zip", "files, folders, zip archives"))],
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
) -> int:
    """Take files in; 0 when something was taken in or already here, 3 when nothing was."""
    with screen_for(lang) as screen:
        outcomes = take_in(site, files, screen)
    return show_outcomes(screen, outcomes)


def collect(
    ssh: Annotated[
        list[str] | None,
        typer.Option("--ssh", help=help_text("Linux: 利用者@機器[:ポート]。複数可", "Linux: user@host[:port]; may repeat")),
    ] = None,
    winrm_hosts: winrm.Hosts = None,
    devices: device.Hosts = None,
    system: device.System = None,
    ask_administrator: device.Administrator = False,
    site: SiteDir = Path("omamori-site"),
    lang: Lang = None,
    sudo: Annotated[
        bool,
        typer.Option(
            "--sudo",
            help=help_text(
                "sudo -n で管理者として読む。相手の sudoers に sh の NOPASSWD が要る(管理者の全権限に当たる)",
                "read as administrator with sudo -n; the host's sudoers needs NOPASSWD for sh, which amounts to full administrator rights",
            ),
        ),
    ] = False,
    key: Annotated[Path | None, typer.Option(help=help_text("SSHの秘密鍵", "SSH private key"))] = None,
    known_hosts: Annotated[Path | None, typer.Option(help=help_text("known_hostsファイル", "known_hosts file"))] = None,
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help=help_text("SSHのパスワードを尋ねる", "ask for the SSH password"))
    ] = False,
    user: winrm.User = None,
    password_file: winrm.PasswordFile = None,
    machines: winrm.MachinesFile = None,
    winrm_certificate: winrm.Certificate = None,
    winrm_http: winrm.Http = False,
    winrm_auth: winrm.How = Authentication.negotiate,
) -> int:
    """Collect from the named hosts only, over SSH and WinRM; 3 when no host answered."""
    if not ssh and not winrm_hosts and not devices:
        raise typer.BadParameter("--ssh user@host, --winrm host, --device user@host")
    asked = device.system_named(system) if devices else None
    typed = getpass.getpass() if ask_password else None
    over_ssh = SshOptions(sudo=sudo, key=key, known_hosts=known_hosts, password=(lambda _target: typed or "") if typed else None)
    outcomes: list[Outcome] = []
    screen = screen_for(lang)
    if ssh:
        with screen:
            outcomes += collect_hosts(site, ssh, screen, over_ssh)
    if devices and asked is not None:
        outcomes += device.ask(site, devices, asked, screen, over_ssh, administrator=ask_administrator)
    if winrm_hosts:
        how = winrm.options(
            user=user,
            password_file=password_file,
            http=winrm_http,
            authentication=winrm_auth,
            certificate=winrm_certificate,
            windows=sys.platform == "win32",
        )
        known = winrm.listed(machines)
        answered = winrm.answers(screen, winrm_hosts, known, http=winrm_http)
        with screen:
            outcomes += collect_windows_hosts(site, answered, known, screen, how)
    return show_outcomes(screen, outcomes)


_MARKS = {
    "stored": Text("取込", "in"),
    "already": Text("既存", "same"),
    "refused": Text("不可", "no"),
    "unknown": Text("不明", "?"),
}


def show_outcomes(screen: Screen, outcomes: list[Outcome]) -> int:
    """Print one line per file and return the exit code."""
    for outcome in outcomes:
        mark = _MARKS[outcome.status].say(screen.language)
        name, words = clean(outcome.name), clean(outcome.text.say(screen.language))
        screen.line(f"[{mark}] {name}: {words.removeprefix(f'{name}: ')}")
    good = sum(outcome.status in ("stored", "already") for outcome in outcomes)
    screen.line(
        Text(f"{len(outcomes)} 件のうち {good} 件を取り込みました", f"{good} of {len(outcomes)} taken in").say(screen.language), "bold"
    )
    return DONE if good else NOT_FINISHED
