"""What changed on the network between two snapshots: read, machines followed, compared. No analyzer; nothing here fills a table."""
