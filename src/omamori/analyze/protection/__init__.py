"""Whether what protects instead of an update is so: one module per kind of control. Nothing here believes the ledger."""
