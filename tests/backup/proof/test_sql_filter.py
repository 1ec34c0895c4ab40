from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.backup.proof.sql_filter import HostileDumpError, copy_data, statements

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


def lines(data: bytes) -> Iterator[bytes]:
    return iter(io.BytesIO(data).readlines())


def sent(data: bytes) -> list[bytes]:
    """What goes to a server that asks for the data of each COPY."""
    out = []
    left = lines(data)
    for statement in statements(left):
        out.append(statement)
        if b"FROM stdin" in statement or b"from stdin" in statement:
            out.append(b"".join(copy_data(left)))
    return out


def test_what_pg_dump_writes_passes_and_owners_and_psql_commands_do_not() -> None:
    parts = sent(DUMP)
    assert parts[-2] == b"1\t\\N\n2\t\\! rm -rf /\n"
    assert all(part.rstrip().endswith(b";") for part in parts if not part.startswith(b"1\t"))
    out = b"".join(parts)
    for kept in (b"it''s \\ here", b"return E'a\\'b", b"a /* b"):
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
        sent(hostile)


@pytest.mark.parametrize(
    "harmless_one", [b"select '\\! sh';\n", b"-- \\! sh\n", b"/* \\! */ select 1;\n", b"select $$ \\! $$;\n", b"select 'a\n\\! b';\n"]
)
def test_text_is_text(harmless_one: bytes) -> None:
    assert sent(harmless_one) == [harmless_one]


def test_a_statement_that_never_ends_is_sent_as_it_is() -> None:
    assert sent(b"select 1\n;\nselect 'a\n") == [b"select 1\n;\n", b"select 'a\n"]


@given(
    st.lists(
        st.sampled_from(
            [b"'", b'"', b"$$", b"$a$", b"--", b"/*", b"*/", b"\\", b"E'", b"x", b"\n", b";", b"COPY t FROM stdin;\n", b"\\.\n", b"!"]
        ),
        max_size=30,
    )
)
def test_nothing_is_added_or_moved(parts: list[bytes]) -> None:
    data = b"".join(parts)
    try:
        out = sent(data)
    except HostileDumpError:
        return
    left = data
    for part in out:
        assert part in left
        left = left[left.index(part) + len(part) :]
