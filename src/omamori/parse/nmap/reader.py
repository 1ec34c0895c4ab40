"""A scan file as records: runs with their hosts, and the places where the file is damaged. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from omamori.parse.nmap.records import Broken, ExtraPorts, Host, Port, Run, Script
from omamori.parse.nmap.walk import walk
from omamori.parse.nmap.wanted import is_kept

_OUTPUT_CHARS = 4_000
_VALUE_CHARS = 400
_VALUES = 200
_NO_PORT = -1


def read(data: bytes) -> tuple[tuple[Run, ...], tuple[Broken, ...]]:
    """Return the runs of a scan file and where it is damaged.

    In: UTF-8, see `plain.plain`. A host the file broke off in is kept, marked as not whole. Raises EvidenceError where it
    declares entities or a document type of its own.
    """
    builder = _Builder()
    walk(data, builder)
    builder.close()
    return tuple(builder.runs), tuple(builder.broken_places)


def read_host(block: bytes) -> Host | None:
    """Return the one host of a piece of a scan file that holds one host element; None when there is none."""
    runs, _ = read(block)
    return next((host for run in runs for host in run.hosts), None)


_Start = Callable[[Mapping[str, str]], None]


class _Builder:
    """Collects what the walk tells. Elements that are not known are passed over."""

    def __init__(self) -> None:
        self.where: Callable[[], int] = int
        self.runs: list[Run] = []
        self.broken_places: list[Broken] = []
        self._run: Run | None = None
        self._hosts: list[Host] = []
        self._asked: dict[str, str] = {}
        self._damaged = False
        self._host: _OpenHost | None = None
        self._outside: Mapping[str, _Start] = {
            "nmaprun": self._start_run,
            "scaninfo": self._scaninfo,
            "host": self._start_host,
            "finished": self._finished,
            "hosts": self._totals,
        }
        self._starts: Mapping[str, _Start] = self._outside

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an element."""
        host = self._host
        if host is not None and host.script is not None:
            host.script.start(name, attributes)
        elif name in self._starts:
            self._starts[name](attributes)

    def end(self, name: str) -> None:
        """Close an element."""
        host = self._host
        if host is None:
            return
        if host.script is not None:
            host.end_in_script(name)
        elif name == "port":
            host.close_port()
        elif name == "host":
            self._close_host(whole=True)

    def text(self, text: str) -> None:
        """Take text of an `elem`."""
        if self._host is not None and self._host.script is not None:
            self._host.script.text(text)

    def broken(self, line: int, said: str, *, cut_off: bool) -> None:
        """Keep what was read of the host the file broke off in."""
        self._damaged = True
        self.broken_places.append(Broken(line, said, cut_off))
        self._close_host(whole=False)

    def close(self) -> None:
        """End the last run."""
        self._close_host(whole=False)
        if self._run is None:
            if not self._hosts:
                return
            self._run = Run(line=self._hosts[0].line)
        run = replace(self._run, asked=dict(self._asked), hosts=tuple(self._hosts))
        self.runs.append(replace(run, finished=False) if self._damaged else run)
        self._run, self._hosts, self._asked, self._damaged = None, [], {}, False

    def _close_host(self, *, whole: bool) -> None:
        if self._host is not None:
            self._hosts.append(self._host.done(whole=whole))
            self._host, self._starts = None, self._outside

    def _start_run(self, said: Mapping[str, str]) -> None:
        self.close()
        self._run = Run(
            line=self.where(),
            scanner=said.get("scanner", ""),
            version=said.get("version", ""),
            arguments=said.get("args", ""),
            began=number(said.get("start")),
        )

    def _scaninfo(self, said: Mapping[str, str]) -> None:
        protocol, ports = said.get("protocol", ""), said.get("services", "")
        if protocol and ports:
            self._asked[protocol] = f"{self._asked[protocol]},{ports}" if protocol in self._asked else ports

    def _start_host(self, said: Mapping[str, str]) -> None:
        self._host = _OpenHost(said, self.where)
        self._starts = self._host.starts

    def _finished(self, said: Mapping[str, str]) -> None:
        if self._run is not None:
            # Versions before 5 say nothing of success; what they wrote to the end was finished.
            self._run = replace(self._run, ended=number(said.get("time")), finished=said.get("exit", "success") == "success")

    def _totals(self, said: Mapping[str, str]) -> None:
        if self._run is not None:
            self._run = replace(self._run, total=number(said.get("total")))


class _OpenHost:
    """A host element that is being read."""

    def __init__(self, said: Mapping[str, str], where: Callable[[], int]) -> None:
        self.script: _OpenScript | None = None
        self._said = said
        self._where = where
        self._line = where()
        self._fields: dict[str, str] = {}
        self._best: tuple[int, str] | None = None
        self._addresses: list[tuple[str, str]] = []
        self._hostnames: list[tuple[str, str]] = []
        self._extra: list[ExtraPorts] = []
        self._ports: list[Port] = []
        self._scripts: list[Script] = []
        self._ports_told = False
        self._port: Mapping[str, str] | None = None
        self._port_line = 0
        self._state: Mapping[str, str] = {}
        self._service: Mapping[str, str] = {}
        self._port_scripts: list[Script] = []
        self.starts: Mapping[str, _Start] = {
            "port": self._start_port,
            "state": self._port_state,
            "service": self._port_service,
            "script": self._start_script,
            "status": self._status,
            "address": lambda said: self._addresses.append((said.get("addr", ""), said.get("addrtype", ""))),
            "hostname": lambda said: self._hostnames.append((said.get("name", ""), said.get("type", ""))),
            "ports": self._ports_element,
            "extraports": lambda said: self._extra.append(ExtraPorts(said.get("state", ""))),
            "extrareasons": self._extra_reason,
            "osmatch": self._osmatch,
            "distance": lambda said: self._fields.update(distance=said.get("value", "")),
        }

    def end_in_script(self, name: str) -> None:
        """Close an element of a script, or the script."""
        if self.script is None or name != "script":
            if self.script is not None:
                self.script.end(name)
            return
        if (script := self.script.done()) is not None:
            (self._scripts if self._port is None else self._port_scripts).append(script)
        self.script = None

    def done(self, *, whole: bool) -> Host:
        self.close_port()  # one the file broke off in still told its state
        said, fields = self._said, self._fields
        return Host(
            line=self._line,
            status=fields.get("status", ""),
            reason=fields.get("reason", ""),
            addresses=tuple(self._addresses),
            hostnames=tuple(self._hostnames),
            extra=tuple(self._extra),
            ports=tuple(self._ports),
            scripts=tuple(self._scripts),
            system=self._best[1] if self._best else "",
            accuracy=self._best[0] if self._best else None,
            distance=number(fields.get("distance")),
            began=number(said.get("starttime")),
            ended=number(said.get("endtime")),
            ports_told=self._ports_told,
            timed_out=said.get("timedout") == "true",
            whole=whole,
        )

    def _status(self, said: Mapping[str, str]) -> None:
        self._fields.update(status=said.get("state", ""), reason=said.get("reason", ""))

    def _ports_element(self, _said: Mapping[str, str]) -> None:
        self._ports_told = True

    def _extra_reason(self, said: Mapping[str, str]) -> None:
        if self._extra:
            last = self._extra[-1]
            reason = (said.get("proto", ""), said.get("ports", ""), said.get("reason", ""))
            self._extra[-1] = ExtraPorts(last.state, (*last.reasons[:16], reason))

    def _osmatch(self, said: Mapping[str, str]) -> None:
        found = (number(said.get("accuracy")) or 0, said.get("name", ""))
        if self._best is None or found[0] > self._best[0]:
            self._best = found

    def _start_port(self, said: Mapping[str, str]) -> None:
        self._port, self._port_line = said, self._where()
        self._state, self._service, self._port_scripts = {}, {}, []

    def _port_state(self, said: Mapping[str, str]) -> None:
        self._state = said

    def _port_service(self, said: Mapping[str, str]) -> None:
        self._service = said

    def close_port(self) -> None:
        """Keep the port that ends here."""
        said, self._port = self._port, None
        if said is None:
            return
        where = number(said.get("portid"))
        if where is not None and where <= 65535 and self._state.get("state"):
            self._ports.append(
                Port(
                    protocol=said.get("protocol", ""),
                    number=where,
                    state=self._state["state"],
                    reason=self._state.get("reason", ""),
                    line=self._port_line,
                    service=self._service,
                    scripts=tuple(self._port_scripts),
                )
            )

    def _start_script(self, said: Mapping[str, str]) -> None:
        self.script = _OpenScript(said.get("id", ""), said.get("output", ""))


class _OpenScript:
    """A script element: its output and the values below it, by the path of their keys."""

    def __init__(self, name: str, output: str) -> None:
        self._id = name
        self._output = output[:_OUTPUT_CHARS]
        self._path: list[str] = []
        self._values: dict[str, str] = {}
        self._text: list[str] | None = None

    def start(self, _name: str, said: Mapping[str, str]) -> None:
        self._path.append(said.get("key", ""))
        self._text = [] if _name == "elem" else None

    def text(self, text: str) -> None:
        if self._text is not None and len(self._text) < _VALUES:
            self._text.append(text[:_VALUE_CHARS])

    def end(self, _name: str) -> None:
        if self._text is not None and len(self._values) < _VALUES:
            self._values.setdefault(".".join(key for key in self._path if key), "".join(self._text)[:_VALUE_CHARS])
        self._text = None
        if self._path:
            self._path.pop()

    def done(self) -> Script | None:
        return Script(self._id, self._output, self._values) if is_kept(self._id) else None


def number(text: str | None) -> int | None:
    """Return a count or an epoch as it stands in an attribute; None when it is none or absurd."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 12:
        return None
    return int(text)
