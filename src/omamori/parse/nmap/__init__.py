"""Reads what nmap and masscan write as XML."""
