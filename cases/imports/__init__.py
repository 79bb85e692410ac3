"""Disputes out of tables: what a file holds, by which mapping, and what is wrong in it."""
