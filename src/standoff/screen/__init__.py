"""One report's text by itself: what stands twice, what is not of the report, and the view that the parser reads."""
