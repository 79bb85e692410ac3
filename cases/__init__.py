"""Where a dispute stands: procedures, parties, hearings, mediation, performance, visits."""
