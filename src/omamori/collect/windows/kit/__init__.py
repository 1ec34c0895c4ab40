"""The collection kit for Windows: `collect.cmd` and its helpers, written from the one list of commands."""
