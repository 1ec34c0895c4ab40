"""Exact reachability over IPv4: what packets from a zone or an entry reach through the devices whose configurations were read."""
