"""What the lab's own listeners say: one protocol's first words each, and nothing more. Pure."""
