"""Reads repositories of backups, restores from them into a scratch place, and changes nothing else."""
