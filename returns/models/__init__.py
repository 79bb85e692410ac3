"""What each unit must hand in, and by when."""
