"""What goes wrong in general, and how the sides settle it together."""
