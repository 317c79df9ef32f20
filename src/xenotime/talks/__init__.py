"""Words, deeds and leverage.

Texts of talks, the dated record and runs of the model go in; out comes what was promised, what came of it,
what should be believed, who holds the stronger hand and which deals can hold.
"""
