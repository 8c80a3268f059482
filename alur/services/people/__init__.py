"""The office's people: how they join, who can be reached, what each may call up."""
