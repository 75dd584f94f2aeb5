"""From records to answers: pure functions that explain themselves and name the records they rest on."""
