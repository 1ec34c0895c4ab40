"""A WinRM service for tests: HTTPS or encrypted HTTP, NTLM proved by pyspnego, MS-WSMV cmd shells and MS-PSRP PowerShell.

It speaks the real protocol to the real client; what a machine answers is given by a `Machine`. No Windows is in it, so it shows
how the client behaves on the wire and not what Windows prints. Written from Microsoft's MS-WSMV and MS-PSRP.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import ssl
import struct
import tempfile
import threading
import time
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape

import spnego
from pypsrp.encryption import WinRMEncryption
from pypsrp.wsman import NAMESPACES, WSManAction
from spnego.channel_bindings import GssChannelBindings

RSP = NAMESPACES["rsp"]
STATE = RSP + "/CommandState/"
OPERATION_TIMED_OUT = "2150858793"
SHELL_CMD = f"{RSP}/cmd"
_REJECT = bytes.fromhex("a1073005a0030a0102")
_CHUNK = 32 * 1024
_CAPABILITY = (
    0x00010002,
    '<Obj RefId="0"><MS><Version N="protocolversion">2.3</Version><Version N="PSVersion">2.0</Version>'
    '<Version N="SerializationVersion">1.1.0.1</Version></MS></Obj>',
)
_OPENED = (0x00021005, '<Obj RefId="0"><MS><I32 N="RunspaceState">2</I32></MS></Obj>')
_COMPLETED = (0x00041006, '<Obj RefId="0"><MS><I32 N="PipelineState">4</I32></MS></Obj>')
_FAILED = (
    0x00041006,
    '<Obj RefId="0"><MS><I32 N="PipelineState">5</I32><Obj N="ExceptionAsErrorRecord" RefId="1"><TN RefId="0">'
    "<T>System.Management.Automation.ErrorRecord</T><T>System.Object</T></TN><ToString>アクセスが拒否されました。</ToString>"
    '<MS><B N="SerializeExtendedInfo">false</B><S N="FullyQualifiedErrorId">Denied</S><I32 N="ErrorCategory_Category">18</I32></MS>'
    "</Obj></MS></Obj>",
)
"""Messages of MS-PSRP (2.2.2): their type, and their content in CLIXML."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed and how it ended. `code` None: it never ends."""

    stdout: bytes = b""
    stderr: bytes = b""
    code: int | None = 0


class Machine(Protocol):
    """What stands behind the service."""

    def run(self, line: str, codepage: int) -> Said:
        """What a line of cmd prints."""

    def ask(self, script: str) -> str | None:
        """What PowerShell says; None: it fails."""


@dataclass(slots=True)
class Behaviour:
    """How the service itself is. `users`: name in lower case → password. `trick` answers every login's first message wrongly.

    `rejects`: a refusal is a SPNEGO token (RFC 4178, negState reject). Messages that match `broken_on` get an answer that is none.
    """

    users: dict[str, str]
    basic: bool = False
    powershell: bool = True
    profile_needed: bool = False
    trick: str = ""
    silent_on: str = ""
    broken_on: str = ""
    rejects: bool = False


@dataclass(slots=True)
class Heard:
    """What the service noticed."""

    lines: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    logins: list[bool] = field(default_factory=list)
    terminated: list[str] = field(default_factory=list)
    codepages: list[int] = field(default_factory=list)
    in_clear: int = 0
    bound: list[bool] = field(default_factory=list)
    together: int = 0
    most_together: int = 0


@dataclass(slots=True)
class _Command:
    shell: str
    line: str = ""
    said: Said = field(default_factory=Said)
    parts: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class _Shell:
    codepage: int
    powershell: bool
    pending: bytes = b""


class Service(ThreadingHTTPServer):
    """One listening WinRM service."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, machine: Machine, behaviour: Behaviour, *, certificate: Path | None = None) -> None:
        """`certificate`: a PEM file with key and certificate, None: HTTP with encrypted messages."""
        super().__init__(("127.0.0.1", 0), _Connection)
        self.machine, self.behaviour, self.heard = machine, behaviour, Heard()
        self.shells: dict[str, _Shell] = {}
        self.commands: dict[str, _Command] = {}
        self.lock = threading.Lock()
        self.bindings: GssChannelBindings | None = None
        self.tls: ssl.SSLContext | None = None
        if certificate is not None:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate)
            text = certificate.read_text("ascii")
            der = ssl.PEM_cert_to_DER_cert(text[text.index("-----BEGIN CERTIFICATE") :])
            self.bindings = GssChannelBindings(application_data=b"tls-server-end-point:" + hashlib.sha256(der).digest())

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is nothing to report."""


def _split(name: str) -> tuple[str, str]:
    domain, _, user = name.rpartition("\\")
    return domain, user


@contextmanager
def serving(*services: Service) -> Iterator[None]:
    """Let services listen for as long as they are needed. They know the same users: pyspnego reads one file, named in the environment."""
    before = os.environ.get("NTLM_USER_FILE")
    with tempfile.TemporaryDirectory() as folder:
        users = Path(folder) / "users"
        lines = {":".join([*_split(name), password]) + "\n" for one in services for name, password in one.behaviour.users.items()}
        users.write_text("".join(sorted(lines)), encoding="utf-8")
        os.environ["NTLM_USER_FILE"] = str(users)
        threads = [threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True) for one in services]
        try:
            for thread in threads:
                thread.start()
            yield
        finally:
            for one, thread in zip(services, threads, strict=True):
                one.shutdown()
                one.server_close()
                thread.join(5)
            if before is None:
                del os.environ["NTLM_USER_FILE"]
            else:
                os.environ["NTLM_USER_FILE"] = before


class _Connection(BaseHTTPRequestHandler):
    """One connection: proved once, then messages (MS-WSMV 3.1.4; MS-N2HT)."""

    protocol_version = "HTTP/1.1"
    server: Service
    timeout = 60
    disable_nagle_algorithm = True

    def setup(self) -> None:
        if self.server.tls is not None:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.context: Any = None
        self.proved = False
        with self.server.lock:
            self.server.heard.together += 1
            self.server.heard.most_together = max(self.server.heard.most_together, self.server.heard.together)
        super().setup()

    def finish(self) -> None:
        with self.server.lock:
            self.server.heard.together -= 1
        super().finish()

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._send(200, b"", {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        trick = self.server.behaviour.trick
        if trick.startswith("redirect "):
            return self._send(302, b"", {"Location": trick.removeprefix("redirect ")})
        if trick == "endless":
            return self._endless()
        given = self.headers.get("Authorization", "")
        if not self.proved and not self._prove(given):
            return None
        encrypted = self.headers.get("Content-Type", "").startswith("multipart/encrypted")
        if body and self.server.tls is None and not encrypted:
            self.server.heard.in_clear += 1
        if not body:
            return self._send(200, b"", self._last_token())
        text = self._box().unwrap_message(body, "Encrypted Boundary") if encrypted else body
        if self.server.behaviour.silent_on and self.server.behaviour.silent_on.encode() in text:
            time.sleep(600)
        if self.server.behaviour.broken_on and re.search(self.server.behaviour.broken_on.encode(), text):
            code, answer = 500, b"out of order"
        else:
            code, answer = _Exchange(self.server, ET.fromstring(text)).answer()  # noqa: S314 - our own client's
        if not encrypted or trick == "clear":
            return self._send(code, answer, {"Content-Type": "application/soap+xml;charset=UTF-8"} | self._last_token())
        kind, wrapped = self._box().wrap_message(answer)
        return self._send(code, wrapped, {"Content-Type": f'{kind};protocol="{WinRMEncryption.SPNEGO}";boundary="Encrypted Boundary"'})

    def _box(self) -> Any:
        return WinRMEncryption(self.context, WinRMEncryption.SPNEGO)

    def _last_token(self) -> dict[str, str]:
        token, self.token = getattr(self, "token", None), None
        return {"WWW-Authenticate": "Negotiate " + base64.b64encode(token).decode()} if token else {}

    def _prove(self, given: str) -> bool:
        """Take the next step of a login; True when it is done."""
        kind, _, word = given.partition(" ")
        offered = "Negotiate, Basic" if self.server.behaviour.basic else "Negotiate"
        if kind == "Basic" and self.server.behaviour.basic:
            name, _, password = base64.b64decode(word).decode("utf-8").partition(":")
            self.proved = self.server.behaviour.users.get(name.lower()) == password
            self.server.heard.logins.append(self.proved)
        elif kind.lower() == "negotiate" and word:
            try:
                # The wrapping that messages need, as the client asks for it.
                self.context = self.context or spnego.server(
                    protocol="negotiate",
                    channel_bindings=self.server.bindings,
                    options=spnego.NegotiateOptions.use_negotiate,
                )
                token = self.context.step(base64.b64decode(word))
                if not self.context.complete:
                    self._send(401, b"", {"WWW-Authenticate": "Negotiate " + base64.b64encode(token).decode()})
                    return False
                self.token, self.proved = token, True
                self.server.heard.logins.append(True)
            except spnego.exceptions.SpnegoError:
                self.context = None
                self.server.heard.logins.append(False)
                if self.server.behaviour.rejects:
                    offered = "Negotiate " + base64.b64encode(_REJECT).decode()
        if not self.proved:
            self._send(401, b"", {"WWW-Authenticate": offered})
        return self.proved

    def _send(self, code: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/soap+xml")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.close_connection = True


class _Fault(Exception):
    """A WSManFault: its code and words."""


class _Exchange:
    """One message and its answer."""

    def __init__(self, service: Service, request: ET.Element) -> None:
        self.service, self.request = service, request
        self.action = self._text("s:Header/wsa:Action")
        self.message = self._text("s:Header/wsa:MessageID")
        self.resource = self._text("s:Header/wsman:ResourceURI")
        found = request.find("s:Header/wsman:SelectorSet/wsman:Selector[@Name='ShellId']", NAMESPACES)
        self.shell_id = (found.text or "") if found is not None else ""

    def _text(self, path: str) -> str:
        found = self.request.find(path, NAMESPACES)
        return (found.text or "") if found is not None else ""

    def _option(self, name: str) -> str:
        found = self.request.find(f"s:Header/wsman:OptionSet/wsman:Option[@Name='{name}']", NAMESPACES)
        return (found.text or "") if found is not None else ""

    def answer(self) -> tuple[int, bytes]:
        """Return the HTTP status and the envelope."""
        known = {
            WSManAction.CREATE: self._create,
            WSManAction.COMMAND: self._command,
            WSManAction.RECEIVE: self._receive,
            WSManAction.SEND: lambda: "<rsp:SendResponse/>",
            WSManAction.SIGNAL: self._signal,
            WSManAction.DELETE: self._delete,
        }
        try:
            return 200, self._envelope(self.action + "Response", known[self.action]())
        except _Fault as fault:
            code, words = fault.args
            detail = f'<f:WSManFault xmlns:f="{NAMESPACES["wsmanfault"]}" Code="{code}" Machine="x"><f:Message>{words}</f:Message></f:WSManFault>'
            text = f"<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>{words}</s:Text></s:Reason><s:Detail>{detail}</s:Detail></s:Fault>"
            return 500, self._envelope(NAMESPACES["wsa"] + "/fault", text)

    def _envelope(self, action: str, body: str) -> bytes:
        names = "".join(f' xmlns:{short}="{NAMESPACES[short]}"' for short in ("s", "wsa", "wsman", "rsp", "wst"))
        head = f"<wsa:Action>{action}</wsa:Action><wsa:RelatesTo>{self.message}</wsa:RelatesTo>"
        return f"<s:Envelope{names}><s:Header>{head}</s:Header><s:Body>{body}</s:Body></s:Envelope>".encode()

    def _create(self) -> str:
        if self.service.behaviour.profile_needed and self._option("WINRS_NOPROFILE"):
            raise _Fault("2150859172", "The service cannot process the request: WINRS_NOPROFILE")
        powershell = "/powershell/" in self.resource
        if powershell and not self.service.behaviour.powershell:
            raise _Fault("5", "Access is denied.")
        asked = self.request.find("s:Body/rsp:Shell", NAMESPACES)
        identifier = (asked.get("ShellId") if asked is not None else None) or str(uuid.uuid4()).upper()
        shell = _Shell(int(self._option("WINRS_CODEPAGE") or 437), powershell)
        if powershell:
            shell.pending = b"".join([*_packed(1, _CAPABILITY, identifier), *_packed(2, _OPENED, identifier)])
        else:
            self.service.heard.codepages.append(shell.codepage)
        self.service.shells[identifier] = shell
        selector = f'<wsman:SelectorSet><wsman:Selector Name="ShellId">{identifier}</wsman:Selector></wsman:SelectorSet>'
        made = f"<wst:ResourceCreated><wsa:ReferenceParameters>{selector}</wsa:ReferenceParameters></wst:ResourceCreated>"
        return f"{made}<rsp:Shell><rsp:ShellId>{identifier}</rsp:ShellId></rsp:Shell>"

    def _command(self) -> str:
        shell = self.service.shells[self.shell_id]
        line = self.request.find("s:Body/rsp:CommandLine", NAMESPACES)
        assert line is not None  # noqa: S101
        identifier = line.get("CommandId") or str(uuid.uuid4()).upper()
        command = _Command(self.shell_id)
        if shell.powershell:
            data = base64.b64decode(self._text("s:Body/rsp:CommandLine/rsp:Arguments"))
            command.line = _script(data)
            self.service.heard.scripts.append(command.line)
            said = self.service.machine.ask(command.line)
            words = [_FAILED] if said is None else [(0x00041004, f"<S>{_escaped(said)}</S>"), _COMPLETED] if said else [_COMPLETED]
            command.parts = [part for number, word in enumerate(words, 100) for part in _packed(number, word, self.shell_id, identifier)]
        else:
            command.line = self._text("s:Body/rsp:CommandLine/rsp:Command")
            self.service.heard.lines.append(command.line)
            command.said = self.service.machine.run(command.line, shell.codepage)
            command.parts = [command.said.stdout[at : at + _CHUNK] for at in range(0, len(command.said.stdout), _CHUNK)]
        self.service.commands[identifier] = command
        return f"<rsp:CommandResponse><rsp:CommandId>{identifier}</rsp:CommandId></rsp:CommandResponse>"

    def _receive(self) -> str:
        stream = self.request.find("s:Body/rsp:Receive/rsp:DesiredStream", NAMESPACES)
        assert stream is not None  # noqa: S101
        identifier = stream.get("CommandId")
        if identifier is None:
            shell = self.service.shells[self.shell_id]
            pending, shell.pending = shell.pending, b""
            if not pending:
                self._wait()
            return f"<rsp:ReceiveResponse>{_stream('stdout', pending)}</rsp:ReceiveResponse>"
        command = self.service.commands[identifier]
        part = command.parts.pop(0) if command.parts else b""
        attribute = f'CommandId="{identifier}"'
        if command.parts:
            state = f'<rsp:CommandState {attribute} State="{STATE}Running"/>'
            return f"<rsp:ReceiveResponse>{_stream('stdout', part, attribute)}{state}</rsp:ReceiveResponse>"
        if command.said.code is None and not part:
            self._wait()
        if command.said.code is None:
            return f"<rsp:ReceiveResponse>{_stream('stdout', part, attribute)}</rsp:ReceiveResponse>"
        errors = _stream("stderr", command.said.stderr, attribute) if command.said.stderr else ""
        state = f'<rsp:CommandState {attribute} State="{STATE}Done"><rsp:ExitCode>{command.said.code}</rsp:ExitCode></rsp:CommandState>'
        return f"<rsp:ReceiveResponse>{_stream('stdout', part, attribute)}{errors}{state}</rsp:ReceiveResponse>"

    def _wait(self) -> None:
        """Nothing to say until the operation times out, which is a fault of its own."""
        seconds = re.search(r"PT(\d+)S", self._text("s:Header/wsman:OperationTimeout"))
        time.sleep(int(seconds[1]) if seconds else 20)
        raise _Fault(OPERATION_TIMED_OUT, "The WS-Management service cannot complete the operation within the time specified.")

    def _signal(self) -> str:
        signal = self.request.find("s:Body/rsp:Signal", NAMESPACES)
        command = self.service.commands.get((signal.get("CommandId") or "") if signal is not None else "")
        if command is not None:
            self.service.heard.terminated.append(command.line)
        return "<rsp:SignalResponse/>"

    def _delete(self) -> str:
        self.service.shells.pop(self.shell_id, None)
        return ""


def _stream(name: str, data: bytes, attribute: str = "") -> str:
    return f'<rsp:Stream Name="{name}" {attribute}>{base64.b64encode(data).decode()}</rsp:Stream>'


def _packed(number: int, word: tuple[int, str], pool: str, pipeline: str = "") -> list[bytes]:
    """One message of MS-PSRP to the client (2.2.1) in fragments (2.2.4), of which an answer holds whole ones only."""
    kind, content = word
    owner = uuid.UUID(pipeline).bytes_le if pipeline else bytes(16)
    data = struct.pack("<II", 1, kind) + uuid.UUID(pool).bytes_le + owner + content.encode()
    places = range(0, len(data), _CHUNK)
    return [
        struct.pack(">QQBI", number, at // _CHUNK, (at == 0) + 2 * (at == places[-1]), len(data[at : at + _CHUNK])) + data[at : at + _CHUNK]
        for at in places
    ]


def _escaped(text: str) -> str:
    """Text as CLIXML has it: signs of XML, and line ends by their number."""
    return escape(text).replace("\r", "_x000D_").replace("\n", "_x000A_")


def _script(data: bytes) -> str:
    """The script in a CREATE_PIPELINE message of one fragment (MS-PSRP 2.2.2.10); behind 21 bytes of fragment and 40 of addresses."""
    *_, ends, length = struct.unpack(">QQBI", data[:21])
    assert ends == 3 and len(data) == 21 + length  # noqa: S101
    content = ET.fromstring(data[61:].decode("utf-8-sig"))  # noqa: S314 - our own client's
    names = {"_x000A_": "\n", "_x000D_": "\r", "_x0009_": "\t"}
    text = next(one.text or "" for one in content.iter() if one.get("N") == "Cmd")
    return re.sub("_x000[9AD]_", lambda found: names[found[0]], text)
