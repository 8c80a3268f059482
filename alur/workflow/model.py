"""The base of every value in the office: frozen, keyword-only, and strict about fields that it does not know."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
