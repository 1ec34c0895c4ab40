"""Evidence store, manifests, choice as of a moment, difference between two snapshots."""
