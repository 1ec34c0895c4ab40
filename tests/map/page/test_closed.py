from __future__ import annotations

import base64
import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from omamori.map.page.closed import for_script, policy


@given(st.text())
def test_no_text_ends_the_script_it_stands_in_and_none_is_altered(text: str) -> None:
    packed = for_script({"name": text})
    assert not set(packed) & set("<>&\u2028\u2029")
    assert json.loads(packed) == {"name": text}


def test_the_policy_allows_this_style_and_this_script_and_nothing_from_anywhere() -> None:
    said = dict(part.strip().split(" ", 1) for part in policy("a{}", "b()").split(";"))
    assert said["default-src"] == "'none'"
    for name, text in (("style-src", "a{}"), ("script-src", "b()")):
        assert said[name] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
