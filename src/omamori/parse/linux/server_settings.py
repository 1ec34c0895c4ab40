"""Settings of server programs that decide who may use them. Only programs that are installed are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from omamori.model.host import ServerSetting
from omamori.model.look import Look, Parsed, Problem
from omamori.parse.interface import Context, Parser
from omamori.parse.linux.output import FileText, content_lines, files
from omamori.parse.linux.server_json import docker_settings, orthanc_settings, redact
from omamori.parse.sections import Section, read_sections

TABLES = ("server_settings",)
_LONGEST = 400
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class _Service:
    """One server program: its section, the programs that show it is installed, the settings that matter."""

    name: str
    section: str
    programs: tuple[str, ...]
    settings: str
    comment: str = "#"
    files: str = ""


_SERVICES = (
    _Service("postgresql", "postgresql", ("postgres",), "listen_addresses|ssl|password_encryption|log_connections|port"),
    _Service(
        "mysql",
        "mysql",
        ("mysqld", "mariadbd"),
        "bind[-_]address|skip[-_]networking|skip[-_]grant[-_]tables|local[-_]infile|require[-_]secure[-_]transport|port",
    ),
    _Service("nginx", "nginx", ("nginx",), "ssl_protocols|server_tokens|autoindex|listen"),
    _Service("apache", "apache", ("apache2", "httpd"), "SSLProtocol|ServerTokens|Options|Listen|TraceEnable"),
    _Service("snmpd", "snmpd", ("snmpd",), "r[ow]community6?|com2sec6?|r[ow]user|agent[aA]ddress|createUser"),
    _Service(
        "vsftpd",
        "ftp",
        ("vsftpd",),
        "anonymous_enable|anon_upload_enable|ssl_enable|local_enable|write_enable|chroot_local_user",
        files="vsftpd",
    ),
    _Service("proftpd", "ftp", ("proftpd",), "TLSEngine|TLSRequired|AnonRequirePassword|DefaultRoot|<Anonymous", files="proftpd"),
    _Service("redis", "redis", ("redis-server",), "bind|protected-mode|requirepass|port|tls-port"),
    _Service("mongodb", "mongodb", ("mongod",), "bindIp|bindIpAll|bind_ip|authorization|auth|port"),
    _Service("dnsmasq", "dns", ("dnsmasq",), "local-service|interface|listen-address|bind-interfaces|no-resolv", files="dnsmasq"),
    _Service("bind", "dns", ("named",), "recursion|allow-recursion|allow-transfer|allow-query|listen-on|version", "#/", files="named"),
    _Service("unbound", "dns", ("unbound",), "interface|access-control|hide-version", files="unbound"),
    _Service("cups", "cups", ("cupsd",), "Listen|Port|Browsing|WebInterface|DefaultAuthType"),
    _Service("squid", "squid", ("squid",), "http_access|http_port"),
    _Service("rsync", "rsyncd", ("rsync",), "path|read only|auth users|hosts allow|list"),
    _Service("vnc", "vnc", ("x11vnc", "Xvnc", "vncserver", "Xtigervnc"), "SecurityTypes|securitytypes|ExecStart|localhost|nopw"),
)
_ARGUMENTS = {"x11vnc": "vnc", "Xvnc": "vnc", "Xtigervnc": "vnc", "vino-server": "vnc", "dockerd": "docker", "memcached": "memcached"}
_ARGUMENTS |= {"mongod": "mongodb", "redis-server": "redis", "rsync": "rsync"}
_CONNECTOR = re.compile(r"<Connector\s([^>]*)", re.ASCII)
_ATTRIBUTE = re.compile(r"""(port|protocol|address|SSLEnabled|sslEnabledProtocols|secretRequired)\s*=\s*["']([^"']*)["']""")
_DOCKER_HOST = re.compile(r"(?:-H|--host)[ =]?(tcp://\S+)")


def parse(data: bytes, context: Context) -> Parsed:
    """Return server_settings of one machine; a value that held a secret is `[secret: …]`."""
    sections = read_sections(data)
    programs = sections.get("programs")
    names = {line.strip().rsplit("/", 1)[-1] for line in programs.lines} if programs else set()
    if "searched" not in names:
        return Parsed(looks=(Look("server_settings", complete=False, reason="not_collected"),))
    rows: list[ServerSetting] = []
    unread = False
    problems: list[Problem] = []
    for service in _SERVICES:
        if names & set(service.programs) or (service.name == "rsync" and files(sections.get("rsyncd"))):
            found = [file for file in files(sections.get(service.section)) if service.files in file.path]
            unread = unread or any(not file.readable or file.cut for file in found)
            rows += [row for file in found for row in _directives(service, file)]
    for name, program, read in _JSON:
        for file in files(sections.get(name)) if program in names else ():
            unread = unread or not file.readable
            rows += read(file, problems)
    if "tomcat" in names or any(name.startswith("tomcat") for name in names):
        rows += [row for file in files(sections.get("tomcat")) for row in _tomcat(file)]
    rows += _arguments(sections.get("processes"))
    return Parsed(tuple(rows), (_look(unread, problems, context),), tuple(problems))


_JSON: tuple[tuple[str, str, Callable[[FileText, list[Problem]], list[ServerSetting]]], ...] = (
    ("orthanc", "Orthanc", orthanc_settings),
    ("docker", "dockerd", docker_settings),
)


def _look(unread: bool, problems: list[Problem], context: Context) -> Look:
    if problems:
        return Look("server_settings", complete=False, reason="not_understood")
    if unread:
        reason = "not_collected" if context.privileged is True else "needs_administrator"
        return Look("server_settings", complete=False, reason=reason)
    return Look("server_settings")


def _directives(service: _Service, file: FileText) -> Iterator[ServerSetting]:
    """Settings of one file, one per line: `name value`, `name = value`, `name: value`, with `;` at the end or not."""
    if file.name == "pg_hba.conf":
        for number, text in content_lines(file.lines):
            yield _row("postgresql", "hba", " ".join(text.partition("#")[0].split()), file, number)
        return
    pattern = re.compile(rf"(?:^|[\s{{;])({service.settings})(?=[\s=:;>]|\Z)\s*[=:]?\s*([^;]*)")
    heading = ""
    for number, text in content_lines(file.lines, service.comment + (";" if service.name in ("mysql", "rsync") else "")):
        if text.startswith("[") and text.endswith("]"):
            heading = text[1:-1]
            continue
        if service.name == "mysql" and heading.startswith(("client", "mysqldump")):
            continue
        whole = re.split(r"\s(?:#|//)", text, maxsplit=1)[0]
        for found in pattern.finditer(whole):
            name = found[1] if service.name != "mysql" else found[1].replace("_", "-")
            value = " ".join(found[2].strip().strip("{}").strip("'\" ").split())
            yield _row(service.name, f"{heading} {name}" if service.name == "rsync" and heading else name, value, file, number)


def _row(service: str, name: str, value: str, file: FileText | None, number: int) -> ServerSetting:
    return ServerSetting(service=service, name=name, value=value[:_LONGEST], path=file.path if file else None, evidence=str(number))


def _tomcat(file: FileText) -> Iterator[ServerSetting]:
    """The connectors of server.xml that are not commented out."""
    if sum(len(line) for _, line in file.lines) > _LARGEST:
        return
    text = re.sub(r"<!--.*?(?:-->|\Z)", lambda found: "\n" * found[0].count("\n"), file.text, flags=re.DOTALL)
    first = file.lines[0][0] if file.lines else 0
    for found in _CONNECTOR.finditer(text):
        said = " ".join(f"{name}={value}" for name, value in _ATTRIBUTE.findall(found[1]))
        yield _row("tomcat", "Connector", said, file, first + text.count("\n", 0, found.start()))


def _arguments(section: Section | None) -> Iterator[ServerSetting]:
    """Programs whose arguments decide: screen sharing, Docker's port."""
    for number, line in section.numbered() if section else ():
        name, _, command = line.strip().partition(" ")
        service = _ARGUMENTS.get(name)
        if service is None:
            continue
        if service == "docker":
            for host in _DOCKER_HOST.findall(command):
                yield _row("docker", "hosts", host, None, number)
        else:
            yield _row(service, "arguments", " ".join(command.split()), None, number)


PARSERS = (Parser(kind="linux.server_settings", tables=TABLES, parse=parse, redact=redact),)
