"""Many disputes written in few statements, by the rules by which one is written."""
