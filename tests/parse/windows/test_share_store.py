"""Rights of shares entry by entry, with what is denied."""

from __future__ import annotations

import struct

from tests.parse.windows.test_firewall_store import evidence

from hospitals_windows_registry import descriptor, export
from omamori.parse.windows.registry.descriptor import FULL, READ, Entry
from omamori.parse.windows.share_store import stored_rights

KEY = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\LanmanServer\Shares\Security"


def test_a_denial_is_seen() -> None:
    data = bytearray(descriptor({"S-1-1-0": "read", "S-1-5-32-544": "full"}))
    # The first entry of the list becomes a denial.
    start = struct.unpack_from("<I", data, 16)[0]
    data[start + 8] = 1
    text = (export({KEY: {"scan": bytes(data), "odd": b"\x01"}}, KEY) or b"").decode("utf-16").replace("\r\n", "\n")
    (found,) = stored_rights(evidence(text))
    assert found.share == "scan" and found.data == bytes(data)
    assert found.entries == (Entry("S-1-1-0", allow=False, mask=READ), Entry("S-1-5-32-544", allow=True, mask=FULL))
