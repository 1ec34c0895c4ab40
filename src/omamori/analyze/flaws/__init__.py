"""Where `vulnerabilities` come from: one module per way in which a flaw concerns a machine, each named `find`."""
