"""What a failed look over WinRM means and what to do about it, in words for the user."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

from omamori.gate.error import GateError

ACCESS_DENIED = 5
"""Windows error code (ERROR_ACCESS_DENIED) as WS-Management hands it on."""
_REFUSALS = frozenset({-2146893044, -1073741715, -1073741711})
"""What Windows itself says where it refused the name or the password (MS-ERREF): SEC_E_LOGON_DENIED, STATUS_LOGON_FAILURE,
STATUS_PASSWORD_EXPIRED."""


class WinRmFailure(GateError):
    """One host could not be looked at; the others are not concerned."""


class LoginRefused(WinRmFailure):
    """The host refused name or password, or may have: a refusal does not always come as one."""


def bad_target(text: str) -> WinRmFailure:
    """The text is not a host."""
    return WinRmFailure(
        f"「{text}」は 機器[:ポート] の形ではありません。例: karte-pc21.hospital.local または 10.1.0.21:5986",
        f'"{text}" is not of the form host[:port], for example karte-pc21.hospital.local or 10.1.0.21:5986.',
    )


def not_installed() -> GateError:
    """The library is an extra that is not here."""
    return GateError(
        "WinRMに要る部品(pypsrp)がありません。このフォルダで make winrm を実行するか、pip install 'omamori[winrm]' で入れてください。",
        "The part WinRM needs (pypsrp) is missing. Run make winrm in this folder, or pip install 'omamori[winrm]'.",
    )


def no_kerberos() -> GateError:
    """Outside Windows Kerberos is not there by itself."""
    return GateError(
        "Kerberosには gssapi と krb5 が要りますが、ここにはありません。ドメインに入ったWindows PCから調べるか、--winrm-auth kerberos を外してください。",
        "Kerberos needs gssapi and krb5, which are not here. Look from a Windows PC of the domain, or leave out --winrm-auth kerberos.",
    )


def basic_in_clear() -> GateError:
    """Basic would send the password readable by everybody on the way."""
    return GateError(
        "暗号化されない http と basic の組み合わせでは、パスワードが読める形で流れます。"
        "--winrm-http を外す(HTTPS)か、--winrm-auth basic を外してください。",
        "Basic over plain http sends the password readable. Leave out --winrm-http (so that HTTPS is used) or --winrm-auth basic.",
    )


def not_tried(target: str, refused: str) -> WinRmFailure:
    """Another host refused the password first."""
    return WinRmFailure(
        f"{target}: {refused} にログインできなかったため、試していません(同じ間違いを繰り返すと利用者がロックされます)。",
        f"{target}: not tried, since the login at {refused} failed (repeating a mistake locks the account).",
    )


def too_long(target: str, minutes: float) -> WinRmFailure:
    """The host did not end in time and nothing of it can be used."""
    return WinRmFailure(
        f"{target}: {minutes:.0f} 分たっても終わらないため、打ち切りました。機器の様子を見るか、収集キットを使ってください。",
        f"{target}: given up after {minutes:.0f} minutes. See how the machine is, or use the collection kit.",
    )


def no_first_answer(target: str, said: str) -> WinRmFailure:
    """The login worked, but the machine does not tell its name."""
    return WinRmFailure(
        f"{target}: ログインできましたが、コマンドに答えません({said or '出力なし'})。収集キットを使ってください。",
        f"{target}: the login worked, but it does not answer commands ({said or 'no output'}). Use the collection kit.",
    )


def explain(target: str, host: str, port: int, error: BaseException) -> WinRmFailure:
    """Return the failure for an error of the libraries or the network."""
    chain = list(_chain(error))
    names = {type(one).__name__ for one in chain}
    if isinstance(error, WinRmFailure):
        return error
    if "AuthenticationError" in names or any(getattr(one, "winerror", None) in _REFUSALS for one in chain):
        return _login(target)
    proof = _of_the_login(target, chain)
    if proof is not None:
        return proof
    if "SSLError" in names or "SSLCertVerificationError" in names:
        return _certificate(target, host, " ".join(map(str, chain)))
    fault = next((one for one in chain if type(one).__name__ == "WSManFaultError"), None)
    if fault is not None:
        return _fault(target, fault)
    if any(isinstance(one, socket.gaierror) for one in chain) or "NameResolutionError" in names:
        return WinRmFailure(
            f"{target}: 名前を解決できません。名前の綴りとDNSを確認してください。",
            f"{target}: the name is not known. Look at its spelling and at DNS.",
        )
    if names & {"ReadTimeout", "ReadTimeoutError"}:
        return WinRmFailure(
            f"{target}: 途中で答えなくなりました。機器の様子を見て、もう一度試すか、収集キットを使ってください。",
            f"{target}: it stopped answering. See how the machine is and try again, or use the collection kit.",
        )
    if any(isinstance(one, OSError) for one in chain) and "WinRMTransportError" not in names:
        return WinRmFailure(
            f"{target}: 接続できません。電源、ポート番号({port})、ファイアウォール、WinRMが有効かを確認してください。",
            f"{target}: no connection. Look at its power, the port number ({port}), firewalls, and whether WinRM is switched on.",
        )
    return WinRmFailure(
        f"{target}: WinRMが途中で終わりました({short(error)})。もう一度試すか、収集キットを使ってください。",
        f"{target}: WinRM ended early ({short(error)}). Try again, or use the collection kit.",
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what lies behind it; libraries wrap one into the other."""
    seen: list[BaseException] = []
    while error is not None and error not in seen and len(seen) < 20:
        seen.append(error)
        yield error
        base = getattr(error, "base_error", None)  # what the system said, where pyspnego says it in its own words
        inner = [one for one in (*error.args, base) if isinstance(one, BaseException)]
        reason = getattr(error, "reason", None)
        error = error.__cause__ or error.__context__ or (inner[0] if inner else reason if isinstance(reason, BaseException) else None)


def _login(target: str) -> LoginRefused:
    return LoginRefused(
        f"{target}: ログインを断られました。利用者名(ドメイン\\名前)とパスワード、その機器で許されているかを確認してください。",
        f"{target}: the login was refused. Look at the user (DOMAIN\\NAME), the password, and whether that user may log in there.",
    )


def _of_the_login(target: str, chain: list[BaseException]) -> WinRmFailure | None:
    """The failure where the login itself broke; None: it did not. The password may be wrong, unless it cannot have been the reason."""
    from spnego.exceptions import (
        BadBindingsError,
        CredentialsExpiredError,
        InvalidCredentialError,
        OperationNotAvailableError,
        SpnegoError,
    )

    said = next((one for one in chain if isinstance(one, SpnegoError)), None)
    if said is None:
        return None
    if isinstance(said, (InvalidCredentialError, CredentialsExpiredError)):
        return _login(target)
    harmless = isinstance(said, (BadBindingsError, OperationNotAvailableError))
    return _proof(target, said, WinRmFailure if harmless else LoginRefused)


def _proof(target: str, error: BaseException, kind: type[WinRmFailure]) -> WinRmFailure:
    return kind(
        f"{target}: 本人確認の方法が合いません({short(error)})。Kerberosだけを許す機器には、ドメインに入ったWindows PCから名前を指定してください。",
        f"{target}: no way of proving who you are in common ({short(error)}). For a machine that takes Kerberos only, "
        "look from a Windows PC of the domain and name the machine by its name.",
    )


def _certificate(target: str, host: str, said: str) -> WinRmFailure:
    if re.search(r"hostname|doesn't match|IP address mismatch|not valid for", said, re.IGNORECASE):
        return WinRmFailure(
            f"{target}: 証明書に書かれた名前が {host} と違います。証明書にある名前で機器を指定してください。",
            f"{target}: its certificate is made out to another name than {host}. Name the machine as the certificate does.",
        )
    if "expired" in said:
        return WinRmFailure(
            f"{target}: 証明書の期限が切れています。機器の証明書を作り直してください。",
            f"{target}: its certificate has expired. Make the machine a new one.",
        )
    if "CERTIFICATE_VERIFY_FAILED" in said or "certificate verify failed" in said:
        return WinRmFailure(
            f"{target}: 証明書を確かめられません。機器で証明書をファイルに書き出し、--winrm-certificate で指定してください(確かめずにつなぐ設定はありません)。",
            f"{target}: its certificate cannot be verified. Export it on the machine and name the file with --winrm-certificate "
            "(there is no way to connect unverified).",
        )
    return WinRmFailure(
        f"{target}: HTTPSでつながりません。ポート番号と、WinRMのHTTPSリスナーがあるかを確認してください。",
        f"{target}: no HTTPS there. Look at the port number and whether WinRM has an HTTPS listener.",
    )


def _fault(target: str, fault: BaseException) -> WinRmFailure:
    if getattr(fault, "code", None) == ACCESS_DENIED:
        return WinRmFailure(
            f"{target}: この利用者にはWinRMの権限がありません。その機器の Administrators のメンバーで試してください。",
            f"{target}: this user may not use WinRM there. Use a member of that machine's Administrators.",
        )
    said = short(fault)
    return WinRmFailure(
        f"{target}: WinRMが断りました({said})。機器のWinRMの設定を確認するか、収集キットを使ってください。",
        f"{target}: WinRM refused ({said}). Look at the machine's WinRM settings, or use the collection kit.",
    )


def short(error: BaseException | str) -> str:
    """The words of an error, printable and short: they may come from the other machine."""
    text = "".join(letter if letter.isprintable() else " " for letter in str(error))
    return text[:160].strip() or type(error).__name__
