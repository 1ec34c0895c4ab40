"""What `omamori scan` is allowed, and what it brought back."""
