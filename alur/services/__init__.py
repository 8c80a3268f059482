"""The use cases. Each public function is one transaction's work: load, decide, save, announce.

A service takes a `Work` (session, moments, calendar) and plain values, never an update of Telegram's; it returns an
`Answer` for the person who acted. It neither sends nor renders: it records who must see what.
"""
