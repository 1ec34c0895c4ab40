"""The collection script for Linux: a runner and one probe per file."""
