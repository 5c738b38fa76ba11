"""Figures that may be shown: counts made safe for small numbers, drawn as bars, written as a table."""
