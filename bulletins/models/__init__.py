"""What each side owes the other to know, and what it told."""
