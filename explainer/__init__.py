"""Turns an article into an annotated explainer page."""

__version__ = "0.1.0"
