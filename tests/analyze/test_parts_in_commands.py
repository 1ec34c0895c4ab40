"""Paths of what runs tell which parts are in it, and their version only where it is written whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.parts_in_commands import parts_in


@pytest.mark.parametrize(
    ("command", "found"),
    [
        (r"C:\Program Files\Java\jre1.8.0_291\bin\java.exe", {("java", "1.8.0 update291", "oracle:jre")}),
        (r"C:\Program Files\Eclipse Adoptium\jdk-17.0.2.8-hotspot\bin\java.exe", set()),
        ("/opt/jdk-11.0.2/bin/java", {("java", "11.0.2", "oracle:jdk")}),
        (r'"C:\PostgreSQL\14\bin\postgres.exe" -D data', {("postgresql", None, "postgresql:postgresql")}),
        (r"C:\mysql-5.7.31-winx64\bin\mysqld.exe", {("mysql", "5.7.31", "oracle:mysql")}),
        ("/usr/sbin/mysqld", {("mysql", None, "oracle:mysql")}),
        (r"D:\MSSQL15.MSSQLSERVER\MSSQL\Binn\sqlservr.exe -sMSSQLSERVER", {("sql-server", None, "microsoft:sql_server")}),
        (r"C:\php-7.4.3\php-cgi.exe", {("php", "7.4.3", "php:php")}),
        ("java -jar /srv/lib/spring-core-5.3.17.jar", {("spring-core", "5.3.17", None)}),
        ("/usr/bin/nodejs-helper /opt/x", set()),
        (None, set()),
    ],
    ids=str,
)
def test_paths(command, found):
    assert {(part.name, part.version, part.cpe) for part in parts_in(command)} == found


def test_a_jar_of_a_known_group_has_its_package_url():
    (part,) = parts_in("java -cp a;C:/x/log4j-core-2.14.1.jar")
    assert (part.purl, part.cpe) == ("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", "apache:log4j")


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert all(part.name for part in parts_in(text))
