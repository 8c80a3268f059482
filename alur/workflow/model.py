"""The base of every value in the office: frozen, keyword-only, and strict about fields that it does not know."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    # A value that does not fit may be a person's text, and an error is logged.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
