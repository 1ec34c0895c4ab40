"""Facts about products: support dates and known flaws, looked up offline."""
