"""Acts inside the bargaining: predicates of the lexicon, who acts toward whom, and how real it is."""
