"""The fictional hospital: its raw evidence, one visit per folder."""
