"""The control API: how scripts, tests and the page with phones act as people, watch, and make trouble.

JSON in and out; a refusal is {"error": "..."} with 400 (404 for an unknown person, chat or update). A message comes as
a *view*: {"message": <as in the Bot API>, "change": n, "by_bot": bool, "deleted": bool, "silent": bool,
"markup": <force_reply or reply keyboard, else null>}. Chat ids: a person's private chat has his user id.

The clock
    GET  /clock                              {"now": "<ISO 8601 with offset>"}
    POST /clock                              {"advance": seconds}, {"to": "<ISO 8601 with offset>"} or {"next": "opening" |
                                             "working_day"} of the hours below, or {"next": "day", "at"?: "14:00"}, the day
                                             after today at that time of the same zone; forward only

People and chats
    GET  /control/bot                        {"user": ..., "token": ..., "change": <the last>}
    POST /control/people                     {first_name, last_name?, username?, user_id?, about?, standing?} -> person;
                                             about is a line under the name on the page, no part of the Bot API's user
    GET  /control/people                     {"people": [{"user", "standing": new|started|blocked|deactivated, "about"}]}
    POST /control/people/{id}/standing       {"standing": "blocked" | "started" | "deactivated"}
    POST /control/groups                     {title, members: [user ids]} -> {"chat": ...}
    GET  /control/chats                      {"chats": [...]}, private ones and groups
    GET  /control/chats/{chat}/messages      ?since=<change> -> {"messages": [view], "change": n}, in order of sending
    GET  /control/chats/{chat}/menu          {"commands": [...]} that this chat's menu shows

Acting as a person ({chat} may be left out for the private chat)
    POST /control/people/{id}/text           {text, chat_id?, reply_to?, forward_origin?, via_bot?} -> view + "update_id"
    POST /control/people/{id}/file           multipart: file (bytes, name, type), kind=document|photo|voice, caption?,
                                             reply_to?, chat_id?, media_group_id?, duration?, forward_origin?, via_bot?
                                             -> view + "update_id"
    POST /control/people/{id}/press          {message_id, button | data, forged?, chat_id?, timeout?}
                                             -> {"query_id", "update_id", "answer": {text, show_alert, url} | null}
    GET  /control/queries/{query_id}         ?timeout= -> {"answer": ... | null}

What lies ready beside the phones
    POST /control/samples                    multipart: file (bytes, name, type), for=<user id> (repeatable; none:
                                             everybody), note? -> {"id", "name", "size", "mime_type", "for": [ids], "note"}
    GET  /control/samples                    {"samples": [...]} in the order in which they were put
    GET  /control/samples/{id}               the bytes
    POST /control/links                      {label, payload, until?: "<ISO 8601 with offset>", name?, about?}: a start link,
                                             and whom it is meant for -> {"id", ...}
    GET  /control/links                      {"links": [...], "expired": [...]}, by the clock; one that somebody has
                                             followed, in whatever way, is in neither
    POST /control/links/{id}                 {payload, until?}: made anew in its place -> as above
    DELETE /control/links/{id}               used -> as above; refused where it has expired
    POST /control/hours                      {"zone": "Asia/Jakarta", "days": {"2026-12-01": ["07:30", "16:00"], ...}}: when
                                             the office is open, for the clock
    GET  /control/hours                      the same; without days it is open Monday to Friday, 07:30 to 16:00

Watching
    GET  /control/changes                    ?since=<change>&timeout=&chat_id= -> {"changes": [...], "change": n}; each has
                                             "kind" (message, edit, delete, press, answer, action, person, group, tray),
                                             "chat_id" and, where it is about a message, that message's view as it is now
    GET  /control/stream                     ?since=<change> -> Server-Sent Events: "world" (once: {"id", "change"}),
                                             "change" (as above, its number as the event's id) and, at least every second,
                                             "state" ({"now", "connected", "waiting"})
    GET  /control/calls                      ?since=<number>&method=<pattern> -> {"calls": [{number, at, method,
                                             parameters, answer}]}
    GET  /control/files/{file_id}            the bytes; a browser shows photos and plays voice notes, and saves the rest
    GET  /control/updates                    {"waiting": n, "polling": bool}: unconfirmed updates, and whether
                                             a long poll of the bot waits for more

Trouble
    POST /control/updates                    {"update": <any object>} -> {"update_id"}; queued as it is
    POST /control/updates/{id}/again         a confirmed update is delivered once more under its old id
    POST /control/faults                     {kind, method?, times?, chance?, ...} see `simulator.faults` -> {"faults": [...]}
    GET  /control/faults                     {"faults": [...]} with their hits
    DELETE /control/faults                   forget all
    POST /control/rates                      {per_chat?, chat_window?, per_bot?} see `simulator.limits.Rates`
"""

from aiohttp import web

from simulator.control.people import PeopleControl
from simulator.control.phones import PhoneControl
from simulator.control.stream import StreamControl
from simulator.control.tray import TrayControl
from simulator.control.trouble import TroubleControl
from simulator.control.watching import WatchingControl
from simulator.world import World


def routes(world: World) -> list[web.RouteDef]:
    parts = (PeopleControl, PhoneControl, TrayControl, WatchingControl, StreamControl, TroubleControl)
    return [route for part in parts for route in part(world).routes()]
