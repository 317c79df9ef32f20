"""Tidy tables become pictures.

In go the tables of a run document, the same that its JSON holds; out come Plotly figures. No model is
imported here, so a picture can show nothing that is not in the data.
"""
