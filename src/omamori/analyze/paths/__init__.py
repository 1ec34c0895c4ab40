"""How far an intruder gets: the graph of steps, the shortest ways, and the cheapest changes that cut them (decision 0037)."""
