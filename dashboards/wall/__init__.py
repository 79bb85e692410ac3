"""大屏: a screen on a wall, which signs in by itself and shows counts and units only."""
