"""What an auditor checks without us: the tree over the trail, and signed checkpoints of it.

Pure: bytes and texts in, bytes and texts out. Storage, services and the command line call it.
"""
