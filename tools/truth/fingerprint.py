"""What of a machine's configuration can be compared byte for byte: /etc, the rules of nftables, the kernel's settings of its network."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from truth.lab import must

_ETC = """
import hashlib, os, stat
for folder, names, files in os.walk("/etc"):
    names.sort()
    for path in sorted(os.path.join(folder, name) for name in [*names, *files]):
        info = os.lstat(path)
        if stat.S_ISLNK(info.st_mode):
            what = os.readlink(path)
        elif stat.S_ISREG(info.st_mode):
            what = hashlib.sha256(open(path, "rb").read()).hexdigest()
        else:
            what = ""
        print(path, oct(info.st_mode), info.st_uid, info.st_gid, what)
"""
_NETWORK = "nft list ruleset; for f in /proc/sys/net/ipv4/conf/*/* /proc/sys/net/ipv6/conf/*/*; do [ ! -r $f ] || echo $f $(cat $f 2>/dev/null); done"


def fingerprint(enter: Sequence[str]) -> str:
    """Return the configuration as text, a line a file, rule or setting. In: the words that put a command inside the machine."""
    network = must([*enter, "sh", "-c", _NETWORK])
    # The reachable time of neighbours is drawn anew by the kernel now and then (RFC 4861 section 6.3.2); counters count.
    lines = [re.sub(r"counter packets \d+ bytes \d+", "counter", line) for line in network.splitlines() if "base_reachable" not in line]
    return "\n".join([must([*enter, sys.executable, "-S", "-c", _ETC]), *lines])
