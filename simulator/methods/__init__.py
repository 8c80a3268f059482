"""The methods of the Bot API that the simulator knows, by kind; `bot_api` looks them up, names in any case."""

from simulator.methods import callbacks, chats, commands, copies, edits, media, messages, updates, webhook
from simulator.methods.call import Method

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for module in (updates, webhook, messages, media, copies, edits, callbacks, chats, commands)
    for method in module.METHODS
}
