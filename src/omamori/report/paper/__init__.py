"""Paper: what is printed and signed. Typst sets it; what the machines said goes in as data, never as markup."""
