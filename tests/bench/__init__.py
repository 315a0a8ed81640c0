"""The benchmarks: what they make of articles and of results."""
