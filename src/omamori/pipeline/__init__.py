"""The only place that knows the order of the steps. Prints nothing, tells an observer."""
