"""The board: an SOP as a cross-functional chart in the manner of Permen PANRB 35/2012, roles as columns and steps as rows, and how
a case stands on it. Everything is computed here, as values; `templates/print/papan.typ` only draws.

`picture` is what others call; `sheet` puts the words of `texts` and the lines of `routes`, over `grid`, onto one page.
"""
