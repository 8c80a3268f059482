"""What is counted, for `/metrics` in Prometheus' format. No label holds a name, a text or a chat."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()

RECEIVED = Counter("alur_updates_received", "Updates that were new and stored.", registry=REGISTRY)
WORKED = Counter(
    "alur_updates_worked", "Updates taken from the inbox, by what came of it.", ["result"], registry=REGISTRY
)
DROPPED = Counter("alur_updates_dropped", "Updates that changed nothing, in a flood.", registry=REGISTRY)
CALLS = Counter("alur_telegram_calls", "Calls to the Bot API.", ["method", "status"], registry=REGISTRY)
CALL_SECONDS = Histogram(
    "alur_telegram_call_seconds",
    "How long the Bot API took to answer, without the long poll.",
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 20),
    registry=REGISTRY,
)
TRANSACTION_SECONDS = Histogram(
    "alur_transaction_seconds",
    "How long a transaction took, from its beginning to its commit.",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5),
    registry=REGISTRY,
)
SLOW = Counter(
    "alur_transactions_slow",
    "Transactions that took too long for a reason of their own, by the service that was called.",
    ["service"],
    registry=REGISTRY,
)
LEADS = Gauge("alur_leads", "1 where this process works, 0 where it stands by.", registry=REGISTRY)
AGES = Gauge(
    "alur_oldest_seconds", "Since when the oldest of each waits; 0 where none does.", ["of"], registry=REGISTRY
)

WEBHOOK_ERROR = Gauge("alur_webhook_error", "1 where Telegram cannot bring updates.", registry=REGISTRY)
WAITING = Gauge("alur_updates_at_telegram", "Updates that waited at Telegram's webhook when asked.", registry=REGISTRY)
PARKED = Gauge(
    "alur_parked", "What was set aside because it failed again and again, by kind.", ["kind"], registry=REGISTRY
)
NOT_SENT = Counter("alur_sends_failed", "Messages that failed through a fault of our own.", ["kind"], registry=REGISTRY)
PAUSED_CHATS = Gauge("alur_paused_chats", "Chats that Telegram makes wait for more than a minute.", registry=REGISTRY)
LONGEST_PAUSE = Gauge("alur_longest_pause_seconds", "What is left of the longest of these pauses.", registry=REGISTRY)
PAUSED_EVERYBODY = Gauge("alur_paused_everybody", "1 while a 429 is taken for all chats.", registry=REGISTRY)


TRAIL_FAULT = Gauge("alur_trail_fault", "1 while the trail is broken and nothing of it is signed.", registry=REGISTRY)


def exposition() -> bytes:
    """All of it as text."""
    return generate_latest(REGISTRY)
