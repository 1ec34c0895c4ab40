"""Plans a person can read, carry out and undo. Nothing here touches a machine."""
