"""The vocabulary that all layers share: frozen slotted dataclasses, standard library only."""
