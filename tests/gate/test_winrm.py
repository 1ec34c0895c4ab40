"""A real WinRM service on the loopback (tools/winrm_server.py): real TLS, real NTLM, the client's own messages. No Windows."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import spnego.exceptions as spnego_says
from cryptography.hazmat.primitives.serialization import Encoding
from spnego.channel_bindings import GssChannelBindings

from omamori.gate.error import GateError
from omamori.gate.process import Completed
from omamori.gate.winrm import Authentication, WinRmOptions, WinRmSession, WinRmTarget
from omamori.gate.winrm_hosts import look_over_winrm
from omamori.gate.winrm_words import LoginRefused, WinRmFailure, explain
from winrm_certificates import authority, write_host
from winrm_machine import Pc
from winrm_server import Behaviour, Heard, Service, serving

USER, PASSWORD = "HOSPITAL\\it-admin", "Kaede 7 sakura!"
PC = Pc(
    {},
    {"ver": "\r\nMicrosoft Windows [Version 10.0] 日本語\r\n", "long": "x" * 100_000},
    {"now": "12時\r\n", "much": "薬" * 50_000},
    endless=("sleep",),
)
Open = Callable[..., Service]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Open]:
    """Start services; `names` of the certificate (None: HTTP), `by` who signs it."""
    with ExitStack() as stack:

        def start(names: list[str] | None = None, by: Any = None, days: int = 365, machine: Any = PC, **how: Any) -> Service:
            path = None
            if names is not None:
                path = tmp_path / f"host{len(list(tmp_path.iterdir()))}.pem"
                certificate = write_host(path, names, by, days=days)
                path.with_suffix(".cer").write_bytes(certificate.public_bytes(Encoding.DER))
            behaviour = Behaviour({USER.lower(): PASSWORD}, **how)
            service = Service(machine, behaviour, certificate=path)
            stack.enter_context(serving(service))
            service.certificate = path.with_suffix(".cer") if path else None  # type: ignore[attr-defined]
            return service

        yield start


def options(**changes: Any) -> WinRmOptions:
    settings: dict[str, Any] = {"password": lambda: PASSWORD, "http": True, "timeout": 60.0}
    return WinRmOptions(USER, **{**settings, **changes})


def visit(hosts: list[str], how: WinRmOptions, look: Callable[[WinRmSession], object] = lambda session: None) -> dict[str, Any]:
    """What became of each host: the failure, or what `look` returned."""
    found: dict[str, Any] = {}

    def work(target: WinRmTarget, session: WinRmSession, step: Callable[[], None]) -> None:
        found[target.text] = look(session)

    for target, failure in look_over_winrm(hosts, work, how, lambda target: None):
        found[target] = failure if failure is not None else found.get(target)
    return found


def at(service: Service, host: str = "127.0.0.1") -> str:
    return f"{host}:{service.port}"


def test_over_http_every_message_is_encrypted(serve: Open) -> None:
    service = serve()
    found = visit([at(service)], options(), lambda session: session.run("ver <nul", timeout=10))
    assert found[at(service)].exit_code == 0
    assert (service.heard.in_clear, service.heard.logins, service.heard.lines) == (0, [True], ["ver <nul"])
    assert service.heard.terminated == ["ver <nul"]
    assert not service.shells  # what was opened there was closed


def test_the_certificate_is_checked_by_an_authority_of_the_hospital(serve: Open, tmp_path: Path) -> None:
    ca = authority()
    (tmp_path / "ca.pem").write_bytes(ca.certificate.public_bytes(Encoding.PEM))
    service = serve(["127.0.0.1", "localhost"], ca)
    how = options(http=False, certificates=tmp_path / "ca.pem")
    for host in (at(service), at(service, "localhost")):
        assert visit([host], how, lambda session: session.run("ver <nul", timeout=10).exit_code) == {host: 0}
    # The login was bound to this very certificate; pyspnego refuses one that is bound to another.
    assert service.heard.logins == [True, True]


def test_a_certificate_that_signs_itself_is_named_as_windows_exports_it(serve: Open) -> None:
    service = serve(["127.0.0.1"])
    assert visit([at(service)], options(http=False, certificates=service.certificate), lambda session: "in") == {at(service): "in"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", ["unknown", "another", "name", "expired"])
def test_with_a_certificate_that_does_not_hold_nothing_is_said(serve: Open, case: str) -> None:
    other = serve(["127.0.0.1"])
    service = serve(["karte-pc21"] if case == "name" else ["127.0.0.1"], days=-1 if case == "expired" else 365)
    trusted = {"unknown": None, "another": other.certificate}.get(case, service.certificate)  # type: ignore[attr-defined]
    (failure,) = visit([at(service)], options(http=False, certificates=trusted)).values()
    assert isinstance(failure, (WinRmFailure, GateError))
    words = {"unknown": "--winrm-certificate", "another": "--winrm-certificate", "name": "another name", "expired": "expired"}
    assert words[case] in failure.text.en
    assert service.heard == Heard() or (service.heard.logins, service.heard.lines) == ([], [])


@pytest.mark.parametrize("rejects", [False, True])
def test_a_password_that_is_refused_is_tried_once_and_nowhere_else(serve: Open, rejects: bool) -> None:
    """`rejects`: the refusal comes as a token, which the library calls a token that is none."""
    services = [serve(rejects=rejects) for _ in range(4)]
    found = visit([at(one) for one in services], options(password=lambda: "Wrong 1"))
    assert sum(isinstance(one, LoginRefused) for one in found.values()) == 1
    assert sum("not tried" in one.text.en for one in found.values()) == 3
    assert sorted(len(one.heard.logins) for one in services) == [0, 0, 0, 1]
    assert all("Wrong 1" not in one.text.en + one.text.ja for one in found.values())


@pytest.mark.parametrize(
    ("code", "refused", "said"),
    [
        (-2146893044, True, "the login was refused"),  # SEC_E_LOGON_DENIED
        (-1073741715, True, "the login was refused"),  # STATUS_LOGON_FAILURE
        (-1073741711, True, "the login was refused"),  # STATUS_PASSWORD_EXPIRED
        (-2146893048, True, "no way of proving"),  # SEC_E_INVALID_TOKEN
        (-2146893053, True, "no way of proving"),  # SEC_E_TARGET_UNKNOWN
        (-2146893039, True, "no way of proving"),  # SEC_E_NO_AUTHENTICATING_AUTHORITY, for which the library has no class
        (-2146892986, False, "no way of proving"),  # SEC_E_BAD_BINDINGS
        (-2146893054, False, "no way of proving"),  # SEC_E_UNSUPPORTED_FUNCTION
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_what_the_system_says_of_a_login(code: int, refused: bool, said: str, wrapped: bool) -> None:
    """As pyspnego hands on what Windows' SSPI raised, bare or inside an error of the HTTP library."""
    error: Exception = spnego_says.SpnegoError(base_error=spnego_says.NativeError("denied", winerror=code), context_msg="x")
    if wrapped:
        try:
            raise ConnectionError("broken") from error
        except ConnectionError as raised:
            error = raised
    failure = explain("pc1", "pc1", 5986, error)
    assert (type(failure) is LoginRefused, said in failure.text.en) == (refused, True), failure.text


def test_a_kerberos_that_fails_before_anything_is_sent_may_be_the_password_too() -> None:
    error = spnego_says.SpnegoError(base_error=spnego_says.NativeError("Preauthentication failed", maj_code=851968), context_msg="x")
    assert isinstance(explain("pc1", "pc1", 5986, error), LoginRefused)


def test_a_powershell_that_breaks_costs_its_questions_and_no_other_host(serve: Open) -> None:
    """The question gets no answer of WinRM, and neither does the wish to close what it was asked in."""
    broken = serve(broken_on=r"(?s)(?=.*/powershell/)(?=.*(?:shell/Command<|transfer/Delete<))")
    good = serve()

    def look(session: WinRmSession) -> list[int | None]:
        return [session.ask("now", timeout=10).exit_code, session.run("ver <nul", timeout=10).exit_code]

    found = visit([at(broken), at(good)], options(), look)
    assert found == {at(broken): [1, 0], at(good): [0, 0]}


def test_a_mistake_at_one_host_is_its_own_failure(serve: Open) -> None:
    service, other = serve(), serve()
    seen: list[WinRmSession] = []

    def look(session: WinRmSession) -> int | None:
        seen.append(session)
        return session.run("ver <nul", timeout=10).exit_code if len(seen) > 1 else int("odd")

    found = visit([at(service), at(other)], options(together=1), look)
    failure = found[at(service)]
    assert isinstance(failure, WinRmFailure) and at(service) in failure.text.ja and "odd" in failure.text.en
    assert found[at(other)] == 0 and not service.shells  # its session was closed all the same


def test_a_host_given_up_is_asked_nothing_more(serve: Open) -> None:
    service = serve()
    ended = threading.Event()

    def work(target: WinRmTarget, session: WinRmSession, step: Callable[[], None]) -> None:
        try:
            while not ended.is_set():
                session.run("ver <nul", timeout=10)
                step()
        finally:
            ended.set()

    ((target, failure),) = look_over_winrm([at(service)], work, options(timeout=1.0), lambda target: None)
    assert target == at(service) and failure is not None and "given up" in failure.text.en
    assert ended.wait(30)


def test_the_login_is_bound_to_the_certificate_and_one_refusal_after_a_success_stays_alone(serve: Open, tmp_path: Path) -> None:
    """The second host takes the login for one meant for another certificate, as a host in between would bring it."""
    ca = authority()
    (tmp_path / "ca.pem").write_bytes(ca.certificate.public_bytes(Encoding.PEM))
    services = [serve(["127.0.0.1"], ca) for _ in range(3)]
    services[1].bindings = GssChannelBindings(application_data=b"tls-server-end-point:" + bytes(32))
    found = list(
        visit(
            [at(one) for one in services], options(http=False, certificates=tmp_path / "ca.pem", together=1), lambda session: "in"
        ).values()
    )
    assert (found[0], type(found[1]), found[2]) == ("in", LoginRefused, "in")
    assert [one.heard.logins for one in services] == [[True], [False], [True]]


def test_each_failure_costs_only_its_host_and_one_line(serve: Open) -> None:
    service = serve()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{closed.getsockname()[1]}"
        hosts = [nobody, "no-such-host.invalid", "two words", "-x", "127.0.0.1:99999", at(service)]
        found = visit(hosts, options(), lambda session: "in")
    assert found.pop(at(service)) == "in"
    assert set(found) == set(hosts) - {at(service)}
    for target, failure in found.items():
        assert isinstance(failure, WinRmFailure)
        assert target in failure.text.ja and target in failure.text.en and "\n" not in failure.text.en + failure.text.ja
    assert "no connection" in found[nobody].text.en and "name is not known" in found["no-such-host.invalid"].text.en


def test_a_command_that_does_not_end_costs_itself(serve: Open) -> None:
    service = serve()

    def look(session: WinRmSession) -> tuple[Completed, Completed]:
        return session.run("sleep <nul", timeout=1.5), session.run("ver <nul", timeout=10)

    slept, then = visit([at(service)], options(), look)[at(service)]
    assert (slept.exit_code, slept.stdout, slept.timed_out) == (None, b"some", True)
    assert then.exit_code == 0
    assert service.heard.terminated == ["sleep <nul", "ver <nul"]  # it was told to end


def test_a_host_that_falls_silent_is_given_up(serve: Open) -> None:
    silent, good = serve(silent_on="CommandLine"), serve()
    found = visit([at(silent), at(good)], options(timeout=3.0), lambda session: session.run("ver <nul", timeout=1).exit_code)
    assert isinstance(found[at(silent)], WinRmFailure)
    assert found[at(good)] == 0


def test_output_without_end_is_cut(serve: Open) -> None:
    service = serve()
    found = visit([at(service)], options(max_output=40_000), lambda session: session.run("long <nul", timeout=10))[at(service)]
    assert found.truncated and found.exit_code is None and len(found.stdout) < 80_000


def test_it_prints_in_the_code_page_asked_for(serve: Open) -> None:
    service = serve(profile_needed=True)

    def look(session: WinRmSession) -> tuple[bytes, bytes]:
        first = session.run("ver <nul", timeout=10).stdout
        session.open(932)
        return first, session.run("ver <nul", timeout=10).stdout

    first, then = visit([at(service)], options(), look)[at(service)]
    assert b"???" in first and "日本語".encode("cp932") in then
    assert service.heard.codepages == [437, 932]


def test_powershell_answers_or_not(serve: Open) -> None:
    service, blocked = serve(), serve(powershell=False)

    def look(session: WinRmSession) -> list[tuple[int | None, str]]:
        return [(one.exit_code, one.stdout.decode()) for one in (session.ask(word, timeout=10) for word in ("now", "fails", "much", "now"))]

    found = visit([at(service), at(blocked)], options(), look)
    assert found[at(service)] == [(0, "12時\r\n"), (1, ""), (0, "薬" * 50_000), (0, "12時\r\n")]
    assert found[at(blocked)] == [(1, "")] * 4
    assert blocked.heard.scripts == []


@pytest.mark.parametrize("trick", ["redirect", "endless", "clear"])
def test_what_no_winrm_service_answers_ends_the_exchange(serve: Open, trick: str) -> None:
    elsewhere = serve()
    service = serve(trick=f"redirect http://127.0.0.1:{elsewhere.port}/wsman" if trick == "redirect" else trick)
    (failure,) = visit([at(service)], options()).values()
    assert isinstance(failure, WinRmFailure)
    assert elsewhere.heard == Heard()  # nobody else is spoken to, whatever the host says


def test_a_proxy_of_the_environment_is_not_asked(serve: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere, service = serve(), serve()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{elsewhere.port}")
    assert visit([at(service)], options(), lambda session: "in") == {at(service): "in"}
    assert elsewhere.heard == Heard()


def test_basic_goes_over_tls_only(serve: Open) -> None:
    with pytest.raises(GateError) as caught:
        visit(["127.0.0.1:1"], options(authentication=Authentication.basic))
    assert "--winrm-http" in caught.value.text.ja and "readable" in caught.value.text.en
    service = serve(["127.0.0.1"], basic=True)
    how = options(http=False, certificates=service.certificate, authentication=Authentication.basic)  # type: ignore[attr-defined]
    assert visit([at(service)], how, lambda session: session.run("ver <nul", timeout=10).exit_code) == {at(service): 0}


@pytest.mark.skipif(os.name == "nt" or find_spec("gssapi") is not None, reason="Kerberos is there")
def test_kerberos_that_is_not_there_is_told_before_anything_is_sent(serve: Open) -> None:
    service = serve()
    with pytest.raises(GateError) as caught:
        visit([at(service)], options(authentication=Authentication.kerberos))
    assert "gssapi" in caught.value.text.ja and "from a Windows PC" in caught.value.text.en
    assert service.heard == Heard()


def test_without_the_library_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omamori.gate.winrm.find_spec", lambda name: None)
    with pytest.raises(GateError) as caught:
        visit(["127.0.0.1:1"], options())
    assert "omamori[winrm]" in caught.value.text.ja and "omamori[winrm]" in caught.value.text.en


def test_the_password_is_in_no_log_and_no_repr(serve: Open, caplog: pytest.LogCaptureFixture) -> None:
    service = serve()
    how = options()
    with caplog.at_level(logging.DEBUG):
        found = visit([at(service)], how, lambda session: repr(session))
    assert PASSWORD not in caplog.text + repr(how) + str(found)
    assert "ver" not in caplog.text  # the libraries write nothing of what is said


def test_hosts_come_side_by_side_but_not_too_many(serve: Open) -> None:
    services = [serve() for _ in range(6)]
    barrier = threading.Barrier(3)  # passed only by three at once
    lock = threading.Lock()
    inside: list[int] = []
    most: list[int] = []

    def look(session: WinRmSession) -> str:
        with lock:
            inside.append(1)
            most.append(len(inside))
        barrier.wait(30)
        with lock:
            inside.pop()
        return "in"

    found = visit([at(one) for one in services], options(together=3), look)
    assert list(found.values()) == ["in"] * 6 and max(most) == 3


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("karte-pc21", "karte-pc21", 5986),
        ("10.1.0.21:5985", "10.1.0.21", 5985),
        ("[fe80::1]:5986", "fe80::1", 5986),
        ("KARTE_1.local", "KARTE_1.local", 5986),
    ],
)
def test_targets(text: str, host: str, port: int) -> None:
    assert WinRmTarget.read(text) == WinRmTarget(text, host, port)


@pytest.mark.parametrize("text", ["", "a b", "https://x", "x:0", "x:70000", "-x", "user@x", "x/y", "fe80::1"])
def test_what_is_no_target(text: str) -> None:
    with pytest.raises(WinRmFailure):
        WinRmTarget.read(text)


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.cer").write_bytes(b"hello")
    with pytest.raises(GateError) as caught:
        visit(["127.0.0.1:1"], options(http=False, certificates=tmp_path / "x.cer"))
    assert str(tmp_path / "x.cer") in caught.value.text.ja
