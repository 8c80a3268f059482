"""What happens to a case: one act is applied, and whoever must see what is found. Called by whatever comes in, and by the clock."""
