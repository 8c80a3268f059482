"""A Telegram on this machine: a Bot API server on loopback with people who can be scripted.

`Simulator` is the server, `SimulatorClient` the people on their phones; `python -m simulator` runs the former as a
process. It knows nothing of the rest of the house.
"""

from simulator.client import SimulatorClient
from simulator.line import SimulatorRefusedError
from simulator.phone import Group, NothingCameError, Phone, PressAnswer
from simulator.server import Simulator
from simulator.shown import Button, Message, NoSuchButtonError, SentFile
from simulator.world import Options

__all__ = [
    "Button",
    "Group",
    "Message",
    "NoSuchButtonError",
    "NothingCameError",
    "Options",
    "Phone",
    "PressAnswer",
    "SentFile",
    "Simulator",
    "SimulatorClient",
    "SimulatorRefusedError",
]
