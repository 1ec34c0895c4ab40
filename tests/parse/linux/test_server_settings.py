from __future__ import annotations

from datetime import datetime

import pytest

from omamori.model.look import Parsed
from omamori.parse.interface import Context
from omamori.parse.linux.server_settings import parse
from omamori.parse.sections import write_sections


def _parsed(program: str, section: str, path: str, text: str) -> Parsed:
    now = datetime(2026, 1, 15)
    data = write_sections([("programs", f"/usr/sbin/{program}\nsearched\n".encode(), 0), (section, f"==> {path}\n{text}\n".encode(), 0)])
    return parse(data, Context("linux.server_settings", now, now, privileged=True))


@pytest.mark.parametrize(
    ("program", "section", "path", "text", "expected"),
    [
        ("postgres", "postgresql", "/etc/postgresql/15/main/postgresql.conf", "listen_addresses = '*'\t# all", ("listen_addresses", "*")),
        (
            "postgres",
            "postgresql",
            "/var/lib/pgsql/data/pg_hba.conf",
            "host  all all\t0.0.0.0/0 trust # x",
            ("hba", "host all all 0.0.0.0/0 trust"),
        ),
        ("nginx", "nginx", "/etc/nginx/nginx.conf", "server { ssl_protocols TLSv1 TLSv1.2; }", ("ssl_protocols", "TLSv1 TLSv1.2")),
        ("apache2", "apache", "/etc/apache2/apache2.conf", "SSLProtocol all -SSLv3", ("SSLProtocol", "all -SSLv3")),
        ("redis-server", "redis", "/etc/redis.conf", "protected-mode no", ("protected-mode", "no")),
        ("mongod", "mongodb", "/etc/mongod.conf", "  bindIp: 10.1.2.3", ("bindIp", "10.1.2.3")),
        ("named", "dns", "/etc/named.conf", "    allow-recursion { any; };", ("allow-recursion", "any")),
        ("vsftpd", "ftp", "/etc/vsftpd.conf", "anonymous_enable=YES", ("anonymous_enable", "YES")),
    ],
)
def test_forms_of_settings(program: str, section: str, path: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in [(row.name, row.value) for row in _parsed(program, section, path, text).rows]


def test_a_program_that_is_gone_leaves_no_settings() -> None:
    assert _parsed("nginx", "redis", "/etc/redis.conf", "bind 0.0.0.0").rows == ()


def test_a_comment_is_no_setting() -> None:
    assert _parsed("redis-server", "redis", "/etc/redis.conf", "# protected-mode no").rows == ()


def test_client_parts_of_mysql_do_not_count() -> None:
    text = "[client]\nport=1\n[mysqld]\nport=2"
    assert [row.value for row in _parsed("mysqld", "mysql", "/etc/my.cnf", text).rows] == ["2"]


def test_a_connector_that_is_commented_out() -> None:
    text = '<Server>\n<!-- <Connector port="1"/> -->\n<Connector port="8080"\n address="10.1.2.3"/>'
    (row,) = _parsed("tomcat", "tomcat", "/etc/tomcat9/server.xml", text).rows
    assert (row.value, row.evidence) == ("port=8080 address=10.1.2.3", "9")


def test_a_file_that_may_not_be_read() -> None:
    now = datetime(2026, 1, 15)
    data = write_sections([("programs", b"/usr/sbin/snmpd\nsearched\n", 0), ("snmpd", b"==> /etc/snmp/snmpd.conf !unreadable\n", 13)])
    assert parse(data, Context("linux.server_settings", now, now, privileged=False)).looks[0].reason == "needs_administrator"
