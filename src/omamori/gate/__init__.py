"""The only opener of sockets and processes."""
