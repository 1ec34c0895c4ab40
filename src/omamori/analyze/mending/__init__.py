"""How the order of work is made: what is grouped, what an entry reaches, how it is ranked and worded."""
