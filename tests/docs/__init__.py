"""The docs keep pace with the code."""
