"""Many runs: draws, the fit of behaviour, predictions, and their score against what happened.

Order of a backtest: fit (observed rows to 2015 only) -> freeze (a file with its hash) -> predict (no observed
row is read) -> join (refused unless the frozen file and the committed predictions are those of the record).
"""
