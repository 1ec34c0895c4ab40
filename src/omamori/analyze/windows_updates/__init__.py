"""Which updates a Windows machine lacks, and why: its product, Microsoft's table of updates for it, and what the machine shows."""
