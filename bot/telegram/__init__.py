"""The post office: the only place that calls Telegram; `handlers` alone read its updates. Another channel takes the place of
this folder and of `handlers/`, and is made in `bot/wiring.py` and `bot/term.py`; services and views know of neither.
"""
