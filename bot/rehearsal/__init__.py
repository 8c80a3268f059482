"""The rehearsal ("gladi"): the bot beside a simulated Telegram, for people at a page of phones, or for a script.

`interactive` is what `alur demo` calls: the phones of a `cast` on one page. Its people come by `arrival`, `samples` of files
lie on their phones, `own_settings` says which of the user's settings count, `terminal` what is being done, and `browser` shows
the page. `run` is what `alur demo --play` and the tests call: a `script` leads `people` through a case.

`sandbox` starts the simulator and the bot; the bot's process is `child_bot`, and `invitations` makes its links. `profiles`
says who there is, `people` gives them phones, and a `person` writes, taps, sends `papers` and looks at what came, also as
his `phone_calendar` reads it. `expectations` collects what held, `transcript` tells it, `idle` and `hours` say when the
bot should be at rest. But for `idle` nothing here looks into the database: the script knows what the screens say.
"""
