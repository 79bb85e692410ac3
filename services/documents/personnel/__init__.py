"""The papers of the rosters: a roster as of a day, a notice of change, a hand-over sheet."""
