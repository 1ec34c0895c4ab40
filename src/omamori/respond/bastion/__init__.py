"""The move to one door: every outside line lands at a jump server in the DMZ, and reaches nothing else (decision 0041)."""
