"""What each copy of a machine is worth when an attacker has the machine: tables to tables, pure (decision 0049)."""
