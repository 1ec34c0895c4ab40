"""How a notice is laid beside what stands here: names of products, ranges of versions, what was seen and declared, what was decided."""
