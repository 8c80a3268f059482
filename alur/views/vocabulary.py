"""The single words: `templates/vocabulary.yaml`, read once and checked. Called by `alur.views.environment`, through which
templates and views have them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter
from ruamel.yaml import YAML

FILE = "vocabulary.yaml"

# A word that is missing, or ends in a blank that nobody sees, is a fault; so is what YAML takes for a number or a truth.
Words = Annotated[str, StringConstraints(strict=True, pattern=r"^\S(.*\S)?$")]
TABLES = TypeAdapter(dict[Annotated[str, StringConstraints(strict=True)], dict[str, Words]])


def tables(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """The tables of text to text. Raises `DuplicateKeyError`, with file and line, where a key stands twice, and
    `ValidationError`, with table and key, where the shape is another.
    """
    return TABLES.validate_python(YAML(typ="safe", pure=True).load(folder / FILE))
