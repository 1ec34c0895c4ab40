"""Looks into a repository: reads it round by round, and tells whether an attacker already wrote into it."""
