"""The page with the phones: its files as they lie here, served without a build step; the server adds its routes.

`index.html` is the frame and `style.css` the look. Of the modules, `main.js` starts and wires, `line.js` speaks to the
control API, `world.js` holds what the server has told, `stage.js` says where the phones stand. `phone.js` is one phone, with its `head.js`, `popups.js`,
`unread.js` and `composer.js` (whose parts are `drawers.js` and `drops.js`); `chat.js` has its messages in order,
`message.js` draws one of them, `formatted.js` its text. `topbar.js` has the clock, `people.js` the dialogs for a new
person and a new group, `element.js` makes elements. The docstring of `simulator.control` is what they rely on.
"""

from pathlib import Path

from aiohttp import web

HERE = Path(__file__).parent
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# What a bot or a person writes can neither run here nor reach out from here, whatever a module does wrong.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; media-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def routes() -> list[web.RouteDef]:
    return [web.get("/", _index), web.get("/page/{name}", _file)]


async def _index(_request: web.Request) -> web.FileResponse:
    return _serve("index.html")


async def _file(request: web.Request) -> web.FileResponse:
    name = request.match_info["name"]
    if name not in {path.name for path in HERE.iterdir() if path.suffix in TYPES}:
        raise web.HTTPNotFound
    return _serve(name)


def _serve(name: str) -> web.FileResponse:
    headers = {
        "Content-Type": TYPES[Path(name).suffix],
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }
    return web.FileResponse(HERE / name, headers=headers)
