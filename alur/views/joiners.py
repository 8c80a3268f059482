"""What keeps Telegram from making links of names: word joiners (U+2060), which nobody sees, behind the signs it looks for.

Telegram searches every text for addresses, commands, mentions, hashtags, cashtags and numbers of bank cards, and nobody
can ask it not to. It takes "S.ST" for an address, and the "/OT" of "12 /OT.03" for a command under the reader's thumb.
`environment` guards every value that enters a message; what stands in a template's own words is meant. What comes back
with a text that was copied from a message is taken away by `bot.telegram.worker` before anybody reads it.

A joiner *before* a sign changes nothing: it counts as a blank there. It must stand behind it.
"""

import re
from typing import Any

JOINER = "\u2060"
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,8}(?![\w@-]|\.\w)"
# What is written out in full is meant, and must be copied as it is: an address with its scheme, or of e-mail.
_MEANT = (
    rf"(?<![\w.:/@-])https?://{_HOST}(?::\d+(?!\w))?(?:[/?][\w/?&=%~.+-]*)?|(?<![\w.:/@+-])\w[\w+.-]*@{_HOST}(?![/:?#])"
)
# No country and no company owns these; and Telegram takes no ending for an address that is written as "Si" in "M.Si".
_NO_DOMAIN = r"(?:(?i:pdf|docx?|xlsx?|pptx?|jpe?g|png)|[A-Z][a-z]+)(?![\w-])"
_SIGNS = re.compile(
    rf"(?P<meant>{_MEANT})"
    rf"|(?P<card>[0-9](?:[ -]*[0-9]){{12,}})"
    rf"|(?<=\S)\.(?=[^\W\d_]\w)(?!{_NO_DOMAIN})"  # S.ST, notula.co
    rf"|(?<=[0-9])\.(?=[0-9]+\.[0-9]+\.[0-9])"  # 10.1.1.1
    rf"|(?<![\w/<>])/(?=\w)"  # /OT
    rf"|[@#$](?=\S)"
    rf"|:(?=//)|(?<=[0-9]):(?=[0-9])",
)
_FEW_DIGITS = re.compile(r"(?:[0-9][ -]*){6}(?=[0-9])")  # no bank card has so few


def guarded(text: str) -> str:
    """The text with joiners where Telegram would find what nobody meant; without them it is the text as it was."""
    return _SIGNS.sub(_joined, bare(text))


def bare(text: str) -> str:
    return text.replace(JOINER, "")


def bared(value: Any) -> Any:
    """JSON without a joiner in any of its texts."""
    match value:
        case str():
            return bare(value)
        case list():
            return [bared(item) for item in value]
        case dict():
            return {key: bared(item) for key, item in value.items()}
    return value


def _joined(found: re.Match[str]) -> str:
    if found["meant"]:
        return found[0]
    return _FEW_DIGITS.sub(rf"\g<0>{JOINER}", found[0]) if found["card"] else found[0] + JOINER
