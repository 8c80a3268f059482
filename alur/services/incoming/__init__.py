"""What comes in from people: presses, forms, typed texts, files, and what they ask to read."""
