"""What the office can prove without being believed: signed checkpoints of the trail, its inspection, and a case's bundle."""
