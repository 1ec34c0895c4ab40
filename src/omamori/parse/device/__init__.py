"""Configurations of network devices, one dialect per maker."""
