"""Parts of programs that show in the paths of what runs: Java runtimes, jars, PHP, OpenSSL, database engines. Pure.

A path tells the version only where its maker writes it whole (`jre1.8.0_291`, `log4j-core-2.14.1.jar`). One that tells only the series
(`PostgreSQL\\14`) names the part without a version: a series is no version to be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 2000
_JAR = re.compile(
    r"(?:^|[\\/;:\s\"'=])([a-z][a-z0-9_.-]{1,60}?)-(\d{1,4}(?:\.\d{1,6}){1,4}(?:[.-](?:final|release|ga|rc\d{1,2}|beta\d{0,2}|m\d{1,2}))?)\.jar",
    re.IGNORECASE,
)
_JAVA_8 = re.compile(r"(?:jre|jdk)-?1\.([678])\.0_(\d{1,4})", re.IGNORECASE)
_JAVA = re.compile(r"[\\/](?:jre|jdk)-?((?:9|[1-3]\d)\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)(?=[\\/+_])", re.IGNORECASE)
_TEMURIN = re.compile(r"temurin|adoptium|adoptopenjdk|corretto|zulu|openjdk|semeru|liberica", re.IGNORECASE)
_MAVEN = {
    "log4j-core": "org.apache.logging.log4j",
    "log4j-api": "org.apache.logging.log4j",
    "log4j": "log4j",
    "jackson-databind": "com.fasterxml.jackson.core",
    "spring-core": "org.springframework",
    "spring-web": "org.springframework",
    "spring-webmvc": "org.springframework",
    "spring-beans": "org.springframework",
    "struts2-core": "org.apache.struts",
    "commons-collections": "commons-collections",
    "commons-fileupload": "commons-fileupload",
    "commons-text": "org.apache.commons",
    "xstream": "com.thoughtworks.xstream",
    "fastjson": "com.alibaba",
    "tomcat-embed-core": "org.apache.tomcat.embed",
    "netty-all": "io.netty",
    "h2": "com.h2database",
    "postgresql": "org.postgresql",
    "mysql-connector-java": "mysql",
}
"""Group of a jar whose artifact name is its alone (search.maven.org)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A part a path shows. `cpe` is `vendor:product`; NULL where nobody publishes flaws under one name."""

    name: str
    version: str | None = None
    cpe: str | None = None
    purl: str | None = None


@dataclass(frozen=True, slots=True)
class _Engine:
    """A program by the name of its file; the version where its folder writes it whole."""

    name: str
    cpe: str
    files: str
    file: re.Pattern[str]
    version: re.Pattern[str] | None = None


def _file(names: str) -> re.Pattern[str]:
    return re.compile(r"(?:^|[\\/\"'\s])(?:" + names + r")(?:\.exe)?(?=$|[\"'\s])", re.IGNORECASE)


def _engine(name: str, cpe: str, files: str, version: str = "") -> _Engine:
    return _Engine(name, cpe, files, _file(files), re.compile(version, re.IGNORECASE) if version else None)


_WHOLE = r"(\d{1,3}\.\d{1,3}\.\d{1,3})"
_ENGINES = (
    _engine("php", "php:php", r"php(?:-cgi|-fpm|w)?(?:\d(?:\.\d)?)?", rf"php-?{_WHOLE}"),
    _engine("apache-httpd", "apache:http_server", r"httpd|apache2", rf"(?:apache|httpd)-?{_WHOLE}"),
    _engine("tomcat", "apache:tomcat", r"tomcat\d{1,2}w?", rf"tomcat-?{_WHOLE}"),
    _engine("nginx", "nginx:nginx", r"nginx", rf"nginx-?{_WHOLE}"),
    _engine("openssl", "openssl:openssl", r"openssl", rf"openssl-?{_WHOLE[:-1]}[a-z]?)"),
    _engine("postgresql", "postgresql:postgresql", r"postgres|postmaster", r"postgresql-(\d{2}\.\d{1,2})[\\/]"),
    _engine("mysql", "oracle:mysql", r"mysqld(?:-nt)?", rf"mysql-{_WHOLE}"),
    _engine("mariadb", "mariadb:mariadb", r"mariadbd", rf"mariadb-?{_WHOLE}"),
    _engine("sql-server", "microsoft:sql_server", r"sqlservr"),
    _engine("oracle-database", "oracle:database_server", r"oracle|tnslsnr"),
    _engine("firebird", "firebirdsql:firebird", r"firebird|fbserver|fb_inet_server", rf"firebird-{_WHOLE}"),
    _engine("mongodb", "mongodb:mongodb", r"mongod", rf"mongodb-[a-z0-9_-]{{0,40}}{_WHOLE}"),
    _engine("redis", "redis:redis", r"redis-server", rf"redis-?{_WHOLE}"),
    _engine("intersystems-cache", "intersystems:cache", r"cache|cservice|ccontrol"),
    _engine("intersystems-iris", "intersystems:iris", r"irisdb|iris"),
    _engine("nodejs", "nodejs:node.js", r"node", rf"node-v{_WHOLE}"),
)
_ANY_ENGINE = _file("|".join(engine.files for engine in _ENGINES))
"""Most commands run none: they are asked once, not for each."""


@lru_cache(maxsize=1 << 16)
def parts_in(text: str | None) -> tuple[Found, ...]:
    """Return the parts that a path or command shows, each once; many machines run the same."""
    command = (text or "")[:_LONGEST]
    return tuple(dict.fromkeys((*_jars(command), *_java(command), *_engines(command))))


def _jars(command: str) -> Iterator[Found]:
    if ".jar" not in command.lower():
        return
    for name, version in _JAR.findall(command):
        artifact = name.lower()
        group = _MAVEN.get(artifact)
        cpe = "apache:log4j" if artifact in ("log4j", "log4j-core") else None
        yield Found(artifact, version, cpe, f"pkg:maven/{group}/{artifact}@{version}" if group else None)


def _java(command: str) -> Iterator[Found]:
    lower = command.lower()
    if "jre" not in lower and "jdk" not in lower:
        return
    built = _TEMURIN.search(command) is not None
    for major, update in _JAVA_8.findall(command):
        yield Found("java", f"1.{major}.0 update{update}", None if built else "oracle:jre")
    for version in _JAVA.findall(command):
        yield Found("java", version, None if built else "oracle:jdk")


def _engines(command: str) -> Iterator[Found]:
    if not _ANY_ENGINE.search(command):
        return
    for engine in _ENGINES:
        if engine.file.search(command):
            said = engine.version.search(command) if engine.version else None
            yield Found(engine.name, said[1] if said else None, engine.cpe)
