"""Logs of firewalls and routers, one module for each way of writing them; `firewall_log` is the evidence kind."""
