"""What the clock does to cases: reminders, recounts, what follows an outage."""
