"""What keeps a page closed: a policy that allows its own script and style and nothing else, and data that cannot end its script."""

from __future__ import annotations

import base64
import hashlib
import json


def for_script(value: object) -> str:
    """Return JSON that is harmless inside a script element, whatever text it holds."""
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        packed = packed.replace(character, f"\\u{ord(character):04x}")
    return packed


def policy(style: str, script: str) -> str:
    """Return the content security policy of a page with this one style and this one script (W3C CSP level 3, by their hashes)."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
