"""Many runs: draws over what is not known, the fit of behaviour, predictions, and their score.

Worlds, cases, episodes, priors and observed rows go in; out come bands over the draws of a study with what
makes them wide, a frozen file of behaviour, predictions and scores beside naive rivals.  The order of scoring
is fit (observed rows to 2015 only) -> freeze (a file with its hash) -> predict (no observed row is read) ->
join (refused unless file and predictions are those of the record).  The order of a study is numbers -> draws
-> members (each kept as it lands) -> bands and sensitivity.
"""
