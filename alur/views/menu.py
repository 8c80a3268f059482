"""The menu of commands beside the input field, in the words of `templates/vocabulary.yaml`. Called by delivery."""

from collections.abc import Iterable

from alur.views.environment import vocabulary
from alur.views.screen import Menu

STRANGERS = ("start", "bantuan")  # whoever is not enrolled, and everybody's phone before it knows better


def menu(names: Iterable[str]) -> Menu:
    """An unknown command is a KeyError."""
    told = vocabulary("commands")
    return Menu(commands=tuple((name, told[name]) for name in names))
