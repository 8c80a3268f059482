"""What the clock does: one file per job. A tick calls a job, the job calls one service."""
