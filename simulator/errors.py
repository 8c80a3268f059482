"""What the simulated Telegram refuses, in Telegram's own words; raised by methods, answered by `bot_api`.

ApiError
├── BadRequest        400
├── Unauthorized      401
├── Forbidden         403
├── NotFound          404
├── Conflict          409
├── EntityTooLarge    413
├── TooManyRequests   429, with `retry_after` in seconds
└── ServerError       5xx, made by a fault only
"""

from typing import Any


class ApiError(Exception):
    """A refusal with its HTTP status and its description as the Bot API would put it."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def answer(self) -> dict[str, Any]:
        """The body of the HTTP response."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


class BadRequest(ApiError):
    def __init__(self, reason: str) -> None:
        super().__init__(400, f"Bad Request: {reason}")


class Unauthorized(ApiError):
    def __init__(self) -> None:
        super().__init__(401, "Unauthorized")


class Forbidden(ApiError):
    def __init__(self, reason: str) -> None:
        super().__init__(403, f"Forbidden: {reason}")


class NotFound(ApiError):
    def __init__(self) -> None:
        super().__init__(404, "Not Found")


class Conflict(ApiError):
    def __init__(self, reason: str) -> None:
        super().__init__(409, f"Conflict: {reason}")


class EntityTooLarge(ApiError):
    def __init__(self) -> None:
        super().__init__(413, "Request Entity Too Large")


class TooManyRequests(ApiError):
    def __init__(self, retry_after: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


class ServerError(ApiError):
    def __init__(self, code: int) -> None:
        names = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
        super().__init__(code, names.get(code, "Internal Server Error"))
