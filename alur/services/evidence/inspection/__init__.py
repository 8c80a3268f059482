"""Whether an office is whole, without trusting the program that wrote it: everything that can be told twice is held against
each other, and what does not agree is named. Nothing is written. `whole.inspect` is the door; a matter is a module.
"""
