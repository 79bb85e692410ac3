"""What a task list on paper says: its cells, its units, its dues and its targets."""
