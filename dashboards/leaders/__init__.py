"""驾驶舱: the one screen that a leader reads before a meeting."""
