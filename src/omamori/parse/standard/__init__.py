"""Answer sheets of a standard that people filled in and brought back."""
