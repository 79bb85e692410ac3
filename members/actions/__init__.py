"""The only writers of people, organizations, rosters and accounts."""
