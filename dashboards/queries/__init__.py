"""Saved queries: figures that a person puts together, keeps, shares and is sent each month."""
