"""What waits for, or is traded for, what."""
