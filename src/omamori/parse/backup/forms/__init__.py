"""Lists and logs of backup programs, one module for each program; `omamori.parse.backup.listing` is the evidence kind."""
