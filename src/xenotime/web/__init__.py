"""The workbench: the product in a browser, on this machine, without a network.

In go a visitor's choices, uploads and cookies; out come pages, and jobs whose documents are those of the
studies. Nothing here works out a number: a worker runs what the Python face runs, and a page shows the
report's contents in one frame.
"""
