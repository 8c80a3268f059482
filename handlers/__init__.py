"""What people do in chat: one file per kind of act. A handler decodes an update, calls one service, names the answer.

`register` in `handlers.register` gives all of them to the application, in the order in which they are tried.
"""
