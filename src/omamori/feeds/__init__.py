"""Makes the knowledge pack: reads what publishers serve, writes one signed file, takes it in on the closed side."""
