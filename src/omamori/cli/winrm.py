"""What `omamori collect --winrm` needs of a person: the password, and what each machine is."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text
from omamori.cli.screen import Screen
from omamori.collect.windows.consent import Consent, Machines, read_machines
from omamori.gate.error import GateError
from omamori.gate.winrm import Authentication, WinRmOptions, WinRmTarget
from omamori.gate.winrm_words import WinRmFailure
from omamori.model.text import Text

PASSWORD = "OMAMORI_WINRM_PASSWORD"  # noqa: S105 - the name of the variable
Hosts = Annotated[
    list[str] | None, typer.Option("--winrm", help=help_text("Windows: 機器[:ポート]。複数可", "Windows: host[:port]; may repeat"))
]
User = Annotated[str | None, typer.Option("--user", help=help_text("WinRMの利用者 ドメイン\\名前", "user for WinRM, DOMAIN\\NAME"))]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        help=help_text("WinRMのパスワードを1行目に書いたファイル", "file whose first line is the password for WinRM"),
    ),
]
MachinesFile = Annotated[
    Path | None,
    typer.Option(
        "--machines",
        help=help_text("キットの machines.txt と同じ一覧(機器名;種類;了解)", "list like the kit's machines.txt (NAME;KIND;CONSENT)"),
    ),
]
Certificate = Annotated[
    Path | None,
    typer.Option(
        "--winrm-certificate",
        help=help_text(
            "信頼する証明書のファイル(機器のもの、または病院の認証局)",
            "file with the certificates that hold: the machine's, or the hospital's authority's",
        ),
    ),
]
Http = Annotated[
    bool,
    typer.Option(
        "--winrm-http",
        help=help_text("HTTPSの代わりに、中身を暗号化したHTTP(5985)", "HTTP with encrypted messages (5985) instead of HTTPS"),
    ),
]
How = Annotated[Authentication, typer.Option("--winrm-auth", help=help_text("本人確認の方法", "how to prove who you are"))]
_ASK_MACHINE = Text(
    "{}: この機器はどれですか。1 院内の普通のPC・自院で管理するサーバ  2 業者が管理する機器  3 医療機器、医療機器につながる機器  (ほか: 調べない) 1/2/3>",
    "{}: what is this machine? 1 an ordinary PC, or a server the hospital runs itself  2 a machine run by a vendor  "
    "3 a medical device, or a machine that belongs to one  (else: not looked at) 1/2/3>",
)
_ASK_CONSENT = Text(
    "業者・メーカーの誰が、いつ了解しましたか(空なら調べません)>", "Who of the vendor or maker agreed, and when? (empty: not looked at)>"
)
_ASK_NAME = Text("あなたの名前>", "Your name>")
_KINDS = {"1": "ordinary", "2": "vendor", "3": "medical"}


def answers(screen: Screen, targets: Sequence[str], machines: Machines | None, *, http: bool) -> dict[str, Consent]:
    """Return what was answered for each target: by the list, else by the person at the terminal. No answer: a consent that is not enough."""
    found: dict[str, Consent] = {}
    name = ""
    for target in dict.fromkeys(targets):
        try:
            host = WinRmTarget.read(target, http=http).host
        except WinRmFailure:
            found[target] = Consent("ordinary")  # told as no host; nothing is contacted
            continue
        if machines is not None:
            found[target] = machines.of(host) or Consent("")
            continue
        kind = _KINDS.get((screen.ask(Text(_ASK_MACHINE.ja.format(target), _ASK_MACHINE.en.format(target))) or "").strip(), "")
        agreed = (screen.ask(_ASK_CONSENT) or "").strip() if kind in ("vendor", "medical") else ""
        if agreed:
            name = name or (screen.ask(_ASK_NAME) or "").strip()
        found[target] = Consent(kind, agreed, name)
    return found


def listed(path: Path | None) -> Machines | None:
    """Return the list of machines, as the kit's machines.txt is written."""
    return None if path is None else read_machines(path.read_bytes(), path.name)


def options(
    *, user: str | None, password_file: Path | None, http: bool, authentication: Authentication, certificate: Path | None, windows: bool
) -> WinRmOptions:
    """Return how to log in. GateError when nobody is named, or when the password file can be read by others.

    The password is asked for once, or comes from the file or from the environment; it is never an argument.
    """
    if user is None and not windows:
        raise GateError(
            "誰としてログインするかを --user ドメイン\\名前 で指定してください(ローカルの利用者は 機器名\\名前)。",
            "Say who logs in with --user DOMAIN\\NAME (MACHINE\\NAME for a local account).",
        )
    password = None if user is None else _password(user, password_file)
    return WinRmOptions(user, password, http=http, authentication=authentication, certificates=certificate)


def _password(user: str, file: Path | None) -> Callable[[], str]:
    if file is not None:
        word = _from_file(file)
        return lambda: word
    word = os.environ.get(PASSWORD, "")
    if word:
        return lambda: word
    if not sys.stdin or not sys.stdin.isatty():
        raise GateError(
            f"パスワードを尋ねる画面がありません。--password-file のファイルか、環境変数 {PASSWORD} で渡してください。",
            f"There is no terminal to ask for the password. Give it in a file with --password-file, or in the variable {PASSWORD}.",
        )
    typed = getpass.getpass(f"{user}: ")
    return lambda: typed


def _from_file(path: Path) -> str:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise GateError(
            f"{path} はほかの利用者も読めます。chmod 600 で自分だけが読めるようにしてください。",
            f"{path} can be read by others. Make it yours alone with chmod 600.",
        )
    try:
        return path.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
    except UnicodeDecodeError:
        # From None: the error holds the bytes of the password.
        raise GateError(
            f"{path} はUTF-8の文字として読めません。文字コードUTF-8で保存し直してください。",
            f"{path} cannot be read as UTF-8 text. Save it again as UTF-8.",
        ) from None
