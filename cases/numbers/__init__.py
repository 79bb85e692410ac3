"""Case numbers: read, put right, and told apart from the numbers that are none of a court."""
