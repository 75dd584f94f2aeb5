"""Instruments of policy with their figures, sides, status and dates."""
