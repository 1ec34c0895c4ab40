"""The words of the domain: one frozen dataclass per table, a sentence per column. Standard library only."""
