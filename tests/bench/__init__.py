"""`make bench`: our speed beside a peer's, on the same data in the same run, as ratios."""
