"""Buttons as Telegram takes them."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from alur.views.screen import Button
from handlers.callbacks import encode


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=encode(button.press), style=button.style)
