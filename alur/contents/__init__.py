"""What a file is, by its content. Whoever sent it may have sent anything: it is looked at in a process of its own, with
little time and memory (`python -m alur.contents`, which `bot.inspector` keeps warm).
"""
