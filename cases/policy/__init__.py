"""Who sees what of a dispute, and who may do what."""
