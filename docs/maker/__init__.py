"""What the documentation is made with: pages read off the code and the data, and the site built of all pages.

Into it goes the repository as it is; out come the generated pages, which are committed, and a folder of HTML
that needs no network, which is not.
"""
