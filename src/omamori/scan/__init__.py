"""Looks at the network within an approval and its budget: plans, runs the scanner that is installed, keeps what was found."""
