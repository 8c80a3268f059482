"""What is sent once: the words, buttons and files of each notice of `alur.workflow.notices`, a room for each topic there.

Delivery calls `message.render`, and gives what the notice says that it needs.
"""
