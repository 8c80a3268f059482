"""Who may do and read what, by the rules themselves: `make authority` writes it into `docs/authority.md`, and
`tests/services/test_authority.py` tries all of it.

| File | What lives there |
|---|---|
| `people.py` | every kind of person, in every role |
| `moments.py` | a case at each of its desks, with all that can be pressed there |
| `rights.py` | a row for every act, press and command, and who may by the rules |
| `page.py` | the page |
"""
