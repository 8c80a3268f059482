"""The demo: a rehearsal with six phones on one page, and a play in which a script takes a case through the whole SOP.

Both are the bot as a process and a simulated Telegram, over HTTP. `rehearsal` is what `alur demo` calls, with `samples`
on the phones and `browser` to show them; the bot's process is `tethered` to it.

`stage` starts the simulator and the bot, `cast` and `company` are the people on their phones, `scenes` is what they
do, `papers` what they send each other, `transcript` what a spectator reads, `play` the scenes in order, and
`performance` puts it all on the stage for `alur demo --play` and the tests. `late` is the other play, in which limits
lapse: its clock goes from one of the `moments` to the next, and a `diary` reads the meetings. Nothing here looks into
the database: the script knows what the screens say.
"""
