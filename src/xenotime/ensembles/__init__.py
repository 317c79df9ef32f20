"""Many runs: draws, the fit of behaviour, predictions, and their score against what happened.

Worlds, cases, episodes, priors and observed rows go in; out come a frozen file of behaviour, predictions and
scores beside naive rivals.  The order is fit (observed rows to 2015 only) -> freeze (a file with its hash) ->
predict (no observed row is read) -> join (refused unless file and predictions are those of the record).
"""
