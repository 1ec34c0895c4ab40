"""Truth by packets: what a snapshot predicts of reachability, held against real TCP and UDP attempts in labs (decision 0038)."""
