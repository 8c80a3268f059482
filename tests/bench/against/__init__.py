"""What Alur is compared with: run by the interpreter that has them, `rivals.py`."""
