"""What a failed login means and what to do about it, in words for the user."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Protocol

from omamori.gate.error import GateError


class SshFailure(GateError):
    """One host could not be looked at; the others are not concerned."""


class _Options(Protocol):
    @property
    def known_hosts(self) -> Path | None: ...


def bad_target(text: str) -> SshFailure:
    """The text is not a host."""
    return SshFailure(
        f"「{text}」は 利用者@機器[:ポート] の形ではありません。例: admin@10.1.0.11:22",
        f'"{text}" is not of the form user@host[:port], for example admin@10.1.0.11:22.',
    )


def explain(target: str, host: str, port: int, error: Exception, fingerprint: str | None, options: _Options) -> SshFailure:
    """Return the failure for an error of the SSH library or the network."""
    import asyncssh

    if isinstance(error, asyncssh.HostKeyNotVerifiable) or fingerprint is not None:
        return _unknown_key(target, host, port, fingerprint, options)
    if isinstance(error, asyncssh.PermissionDenied):
        return SshFailure(
            f"{target}: ログインできません。利用者名と、鍵(--key)またはパスワード(--ask-password)を確認してください。",
            f"{target}: the login was refused. Look at the user name and the key (--key) or password (--ask-password).",
        )
    if isinstance(error, (asyncssh.KeyImportError, asyncssh.KeyEncryptionError)):
        return SshFailure(
            f"{target}: 鍵を読めません。鍵のファイルを確認するか、パスフレーズ付きの鍵は ssh-agent に登録してください。",
            f"{target}: the key cannot be read. Look at its file; load a key with a passphrase into ssh-agent.",
        )
    if isinstance(error, asyncssh.KeyExchangeFailed):
        return SshFailure(
            f"{target}: 共通の暗号方式がありません。古い機器では、収集キット(omamori kit)を使ってください。",
            f"{target}: no cipher in common. For an old machine use the collection kit (omamori kit).",
        )
    if isinstance(error, socket.gaierror):
        return SshFailure(
            f"{target}: 名前を解決できません。機器名の代わりにIPアドレスを指定してください。",
            f"{target}: the name is not known. Name the machine by its IP address.",
        )
    if isinstance(error, (TimeoutError, OSError)):
        return SshFailure(
            f"{target}: 接続できません。電源、ポート番号({port})、ファイアウォールを確認してください。",
            f"{target}: no connection. Look at its power, the port number ({port}) and firewalls.",
        )
    return SshFailure(
        f"{target}: SSHが途中で終わりました({_short(error)})。もう一度試すか、収集キット(omamori kit)を使ってください。",
        f"{target}: SSH ended early ({_short(error)}). Try again, or use the collection kit (omamori kit).",
    )


def broke(target: str) -> SshFailure:
    """A connection that stood has ended."""
    return SshFailure(f"{target}: 接続が途中で切れました。", f"{target}: the connection broke.")


def other_host_key(target: str, fingerprint: str) -> SshFailure:
    """The host shows another key than the approval names."""
    return SshFailure(
        f"{target}: この機器のホスト鍵({fingerprint})は、承認の host_key と違います。別の機器か、鍵が作り直されています。機器の管理者に確かめてください",
        f"{target}: its host key ({fingerprint}) is not the host_key of the approval. It is another machine, or its key was made anew: "
        "ask whoever keeps the device",
    )


def refused_sudo(target: str) -> SshFailure:
    """`sudo -n` was not allowed without a password."""
    return SshFailure(
        f"{target}: パスワードなしの sudo が許可されていません。--sudo なしで調べるか、収集キットを sudo で実行してください。",
        f"{target}: sudo without a password is not allowed. Look without --sudo, or run the collection kit with sudo.",
    )


def no_result(target: str, said: str) -> SshFailure:
    """The host ran something, but no result came back."""
    return SshFailure(
        f"{target}: 収集結果が返りませんでした({said or '出力なし'})。sh を使える利用者でログインしてください。",
        f"{target}: no result came back ({said or 'no output'}). Log in as a user who may run sh.",
    )


def _unknown_key(target: str, host: str, port: int, fingerprint: str | None, options: _Options) -> SshFailure:
    place = options.known_hosts or Path("~/.ssh/known_hosts")
    named = host if port == 22 else f"[{host}]:{port}"
    shown = fingerprint or "?"
    return SshFailure(
        f"{target}: この機器のホスト鍵({shown})は {place} の {named} と一致しないか、まだ登録されていません。"
        "機器の管理者に指紋を確かめてから、一度 ssh で接続して登録してください。",
        f"{target}: its host key ({shown}) is not the one of {named} in {place}, or not there yet. "
        "Compare the fingerprint with the machine's administrator, then connect once with ssh to record it.",
    )


def _short(error: Exception) -> str:
    """The library's own words, printable and short: they may come from the other machine."""
    text = "".join(letter for letter in str(error) if letter.isprintable())
    return text[:120] or type(error).__name__
