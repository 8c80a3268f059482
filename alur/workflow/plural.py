"""A number and what it counts, in the English of the command line and the log; what people read in chat is in `templates/`."""


def plural(number: int, one: str, several: str = "") -> str:
    """`several` is needed where an s at the end does not make it."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
