"""What the pages of figures show: the indicators of an institution over a period."""
