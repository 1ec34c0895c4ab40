"""nginx: web servers, and the management pages of printers, NAS, cameras and hypervisors.

`port` and `tls` (none, modern, old: TLS 1.0 on, an expired certificate with a short key), or several in `ports` (number → tls).
`server` replaces the Server header, `title` is the page's, `realm` asks for a password first. `kind` is what stands there
for those who know (a code of `recognised.SERVICES`).
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from omamori.lab.certificate import make_certificate
from omamori.lab.interface import Daemon, Place, Port, Service
from omamori.lab.options import settle
from omamori.lab.programs import need_program

_DEFAULTS: dict[str, Any] = {"port": 80, "tls": "none", "ports": {}, "server": "", "title": "Lab", "realm": "", "kind": "web"}
_TLS = {
    "none": (),
    "modern": ("ssl_protocols TLSv1.2 TLSv1.3;",),
    # Level 0: OpenSSL refuses TLS 1.0 and short keys otherwise.
    "old": ("ssl_protocols TLSv1 TLSv1.1 TLSv1.2;", "ssl_ciphers ALL:@SECLEVEL=0;"),
}
_HEADERS = "/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so"
"""Debian's own module that sets the Server header."""


def _prepare(place: Place, options: Mapping[str, Any]) -> tuple[Daemon, ...]:
    chosen = settle("web", options, _DEFAULTS)
    folder = place.folder / "web"
    for name in ("page", "work"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    title = html.escape(chosen["title"])
    page = f"<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1>\n"
    (folder / "page" / "index.html").write_text(page, encoding="utf-8")
    if chosen["realm"]:
        (folder / "nobody").touch()
    ports = _ports(chosen)
    servers = "\n".join(_server(place, folder, port, tls, chosen) for port, tls in ports.items())
    work = "\n".join(f"{kind}_temp_path {folder}/work/{kind};" for kind in ("client_body", "proxy", "fastcgi", "scgi", "uwsgi"))
    config = folder / "nginx.conf"
    config.write_text(
        f"load_module {need_program(_HEADERS)};\ndaemon off;\npid {folder}/pid;\nerror_log stderr;\nworker_processes 1;\nuser nobody nogroup;\n"
        f"events {{ worker_connections 64; }}\nhttp {{\naccess_log {folder}/access.log;\n{work}\n{servers}\n}}\n",
        encoding="utf-8",
    )
    return (Daemon((need_program("nginx"), "-c", str(config), "-e", "stderr"), ready=("tcp", max(ports))),)


def _ports(chosen: Mapping[str, Any]) -> dict[int, str]:
    ports = {int(port): tls for port, tls in chosen["ports"].items()} or {chosen["port"]: chosen["tls"]}
    for tls in ports.values():
        if tls not in _TLS:
            raise ValueError(f"service web of the lab: tls is one of {', '.join(_TLS)}, not {tls}")
    return ports


def _server(place: Place, folder: Path, port: int, tls: str, chosen: Mapping[str, Any]) -> str:
    lines = [f"listen {port}{'' if tls == 'none' else ' ssl'};", f"root {folder}/page;", "server_tokens off;", *_TLS[tls]]
    if tls != "none":
        certificate, key = make_certificate(folder, place.host, place.addresses, old=tls == "old")
        lines += [f"ssl_certificate {certificate};", f"ssl_certificate_key {key};"]
    if chosen["realm"]:
        lines += [f'auth_basic "{chosen["realm"]}";', f"auth_basic_user_file {folder}/nobody;"]
    if chosen["server"]:
        lines.append(f'more_set_headers "Server: {chosen["server"]}";')
    return "server {\n" + "\n".join(lines) + "\n}"


def _listens(options: Mapping[str, Any]) -> tuple[Port, ...]:
    chosen = settle("web", options, _DEFAULTS)
    return tuple(Port("tcp", port, chosen["kind"]) for port in _ports(chosen))


SERVICE = Service(
    name="web",
    programs={"nginx": "nginx-light", _HEADERS: "libnginx-mod-http-headers-more-filter"},
    prepare=_prepare,
    listens=_listens,
    shows={"nginx/nginx.conf": "web/nginx.conf"},
)
