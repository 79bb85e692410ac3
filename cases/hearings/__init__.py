"""Hearings and the appearance of agency heads: their words and their pure rules."""
