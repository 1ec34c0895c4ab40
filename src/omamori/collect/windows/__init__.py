"""Windows machines: what to ask them, the page to type from, and looking at this one."""
