"""A case, and the cases of years, as they are looked at afterwards: how long what took, what came back, what was on time."""
