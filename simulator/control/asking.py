"""How control requests are read and refused: values from JSON or query, known people, refusals as JSON."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from simulator.acts import ActRefusedError
from simulator.body import read_body
from simulator.clock import ClockWouldGoBackError
from simulator.errors import ApiError
from simulator.state.people import Person, UsernameTakenError
from simulator.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
WAIT_SECONDS = 60.0  # the longest that one request waits; clients ask again


class UnknownError(Exception):
    """A person, chat or update that does not exist."""


@web.middleware
async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn the errors of control acts into {"error": ...}; the Bot API answers its own."""
    if not request.path.startswith(("/control/", "/clock")):
        return await handler(request)
    try:
        return await handler(request)
    except UnknownError as error:
        return web.json_response({"error": str(error)}, status=404)
    except ApiError as error:
        return web.json_response({"error": error.description}, status=400)
    except ClockWouldGoBackError:
        return web.json_response({"error": "the clock moves forward only"}, status=400)
    except UsernameTakenError:
        return web.json_response({"error": "this username or user_id exists already"}, status=400)
    except KeyError as error:
        return web.json_response({"error": f"{error.args[0]} is missing"}, status=400)
    except (ActRefusedError, TypeError, ValueError) as error:
        return web.json_response({"error": str(error)}, status=400)


async def read_json(request: web.Request) -> dict[str, Any]:
    values, _ = await read_body(request, limit=None)
    return values


def seconds_to_wait(given: Any) -> float:
    return min(max(float(given or 0), 0.0), WAIT_SECONDS)


def known_person(world: World, user_id: Any) -> Person:
    person = world.people.find(int(user_id))
    if person is None:
        raise UnknownError(f"there is no person {user_id}")
    return person


def known_chat(world: World, chat_id: Any) -> int:
    number = int(chat_id)
    if not (world.people.find(number) or world.people.find_group(number)):
        raise UnknownError(f"there is no chat {chat_id}")
    return number
