"""How many connections this system lets one program hold at a time."""

from __future__ import annotations

import sys

_SELECT = 500
"""Windows asks its sockets by select(), which takes 512."""
_SPARE = 64

if sys.platform == "win32":

    def most_sockets() -> int:
        """Return how many sockets may be open side by side."""
        return _SELECT

else:
    import resource

    _ENOUGH = 2048

    def most_sockets() -> int:
        """Return how many sockets may be open side by side; the soft limit is raised as far as the system allows."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _ENOUGH if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        return min(_ENOUGH if soft == resource.RLIM_INFINITY else soft, _ENOUGH) - _SPARE
