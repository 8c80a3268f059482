"""What the clock does: `ticking` is the clock, `rhythm` says when; every other file is one job, which calls one service."""
