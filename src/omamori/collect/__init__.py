"""Looks at machines: this one, others over SSH, and the kit for those that install nothing."""
