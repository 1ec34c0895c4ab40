"""The block, prepared in advance: stages, what each cuts and how, what would stop. Nothing here touches a device; `pipeline` does, by approval."""
