"""The workbench: the product in a browser, on this machine, without a network.

A page asks; a job works in a process of its own and writes a document; a page shows it.  Nothing here
works out a number: it is the studies' documents and the reports' contents in one frame.
"""
