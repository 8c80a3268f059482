"""answerCallbackQuery: one answer per press, while the query lives."""

from simulator.entities import utf16_length
from simulator.errors import BadRequest
from simulator.limits import TOAST_LENGTH
from simulator.methods.call import Call, Method, flag, integer, text
from simulator.world import World

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, call: Call) -> bool:
    if utf16_length(call.text("text")) > TOAST_LENGTH:
        raise BadRequest("MESSAGE_TOO_LONG")
    answer = {
        "text": call.text("text") or None,
        "show_alert": call.flag("show_alert"),
        "url": call.text("url") or None,
    }
    query_id = call.text("callback_query_id")
    if not world.queries.answer(query_id, answer):
        raise BadRequest(TOO_OLD)
    world.messages.note("answer", None, {"query_id": query_id, "answer": answer})
    return True


METHODS = (
    Method(
        name="answerCallbackQuery",
        parameters=(
            text("callback_query_id", required=True, missing=TOO_OLD),
            text("text"),
            flag("show_alert"),
            text("url"),
            integer("cache_time"),
        ),
        run=answer_callback_query,
    ),
)
