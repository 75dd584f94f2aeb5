"""Who copied whom, across reports: fingerprints, candidates, comparison, origins, and what differs between copies."""
