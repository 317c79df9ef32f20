"""A project's own question: what a mine or plant is worth, whether it covers its debt, and what kills it.

In goes a project file or a plant of the world, prices a run says and what its sponsors promise; out come its
value with and without each support, the odds that it covers its debt, and the change that would kill it.
"""
