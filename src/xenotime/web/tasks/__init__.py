"""What workers do, one module for a kind of job; the server imports none of it.

In goes a task, which is a folder with a request and what was uploaded; out comes a document beside it.
"""
