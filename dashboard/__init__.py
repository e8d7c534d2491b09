"""The pages, their server, the command line."""

import gc

gc.set_threshold(50_000)
"""Imports make half a million objects that all stay: looking through them took a third of the start."""
