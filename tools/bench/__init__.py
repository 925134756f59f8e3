"""Measure how fast things are, for the record."""
