"""What is counted of disputes: pure functions over rows, never stored."""
