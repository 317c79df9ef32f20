"""What a text says.

Plain text, HTML or PDF of a statement, notice or article goes in; out come its sentences, parties, acts,
levers, amounts, dates and hedges with spans and the rule that found each, commitments apart from claims.
"""
