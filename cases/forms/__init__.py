"""What is typed about disputes, procedures and courts."""
