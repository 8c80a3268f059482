"""The demo: people played by a script take a case through the whole SOP, over HTTP, against the bot as a process.

`stage` starts the simulator and the bot, `cast` and `company` are the people on their phones, `scenes` is what they
do, `papers` what they send each other, `transcript` what a spectator reads, `play` the scenes in order, and
`performance` puts it all on the stage for `alur demo --play` and the tests. `late` is the other play, in which limits lapse: its clock goes from one of the
`moments` to the next, and a `diary` reads the meetings. Nothing here looks into the database: the script knows what
the screens say.
"""
