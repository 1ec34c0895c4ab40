"""Files in which DHCP servers keep their leases, one module for each server; `files` is the evidence kind."""
