"""Workbooks people fill in: the ledger, the list of things to do, an asset list that exists already."""
