"""One file per measure: what it takes away, on whom, and what is put where."""
