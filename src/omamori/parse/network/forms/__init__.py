"""One module for each form of output; each has a `FORMS` tuple and is found by its place."""
