"""From a profile file to a valid source: read, check against the schema, cross-check."""
