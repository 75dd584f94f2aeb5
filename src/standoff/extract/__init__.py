"""Report, screening and pack in; records out. spaCy never leaves this folder."""
