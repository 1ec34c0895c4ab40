"""Files of the applied block: its approval, and the record of what was done."""
