"""Reads notices of vendors and publishers that somebody imports as a file: CSAF, CVRF, details of JVN iPedia."""
