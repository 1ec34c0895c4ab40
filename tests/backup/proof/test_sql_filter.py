from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.proof.sql_filter import HostileDumpError, harmless

DUMP = b"""\
--
-- PostgreSQL database dump
--

\\restrict abc123

SET statement_timeout = 0;
SET standard_conforming_strings = on;
SET SESSION AUTHORIZATION 'ehr';
CREATE TABLE public.patients (id integer, name text DEFAULT 'it''s \\ here');
ALTER TABLE public.patients OWNER TO ehr;
CREATE FUNCTION public.f() RETURNS text LANGUAGE plpgsql AS $_$
begin -- a \\! in a body is text
  return E'a\\'b \\\\';
end $_$;
COPY public.patients (id, name) FROM stdin;
1\t\\N
2\t\\! rm -rf /
\\.

GRANT SELECT ON TABLE public.patients TO PUBLIC;
COMMENT ON TABLE public.patients IS 'a /* b';
\\unrestrict abc123
"""


def lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def test_what_pg_dump_writes_passes_and_owners_and_psql_commands_do_not() -> None:
    out = b"".join(harmless(lines(DUMP)))
    assert out.count(b"\n") == DUMP.count(b"\n")
    for kept in (b"2\t\\! rm -rf /\n", b"\\.\n", b"it''s \\ here", b"return E'a\\'b", b"a /* b"):
        assert kept in out
    for dropped in (b"OWNER TO", b"GRANT", b"SESSION AUTHORIZATION", b"restrict abc"):
        assert dropped not in out


@pytest.mark.parametrize(
    "hostile",
    [
        b"\\! touch /tmp/owned\n",
        b"select 1; \\! touch /tmp/owned\n",
        b"select 1 \\g |sh\n",
        b"\\o /etc/passwd\n",
        b"\\connect \\! sh\n",
        b"\\copy t to program 'sh'\n",
        b"select 'a\\'; \\! sh\n",
        b"select E'a\\\\'; \\! sh\n",
        b"select $a$x$a$; \\! sh\n",
        b"/* a /* b */ c */ \\! sh\n",
        b'select "x" \\! sh\n',
        b"select a$b$ \\! $b$\n",
        b"COPY t FROM stdin;\n1\n\\.\n\\! sh\n",
        b"select 'copy t from stdin;\n\\! '; \\! sh\n",
        b"-- x\r\n\\! sh\n",
    ],
)
def test_a_command_for_psql_is_refused(hostile: bytes) -> None:
    with pytest.raises(HostileDumpError):
        list(harmless(lines(hostile)))


@pytest.mark.parametrize(
    "harmless_one", [b"select '\\! sh';\n", b"-- \\! sh\n", b"/* \\! */ select 1;\n", b"select $$ \\! $$;\n", b"select 'a\n\\! b';\n"]
)
def test_text_is_text(harmless_one: bytes) -> None:
    assert b"".join(harmless(lines(harmless_one))) == harmless_one


@given(
    st.lists(
        st.sampled_from(
            [b"'", b'"', b"$$", b"$a$", b"--", b"/*", b"*/", b"\\", b"E'", b"x", b"\n", b";", b"COPY t FROM stdin;\n", b"\\.\n", b"!"]
        ),
        max_size=30,
    )
)
def test_nothing_is_added_or_moved(parts: list[bytes]) -> None:
    data = lines(b"".join(parts))
    try:
        out = list(harmless(data))
    except HostileDumpError:
        return
    assert len(out) == len(data)
    assert all(new in (old, b"\n") for new, old in zip(out, data, strict=True))
