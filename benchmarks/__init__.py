"""The same market here and in rival solvers: prices compared first, then time and memory.

Run ``python -m benchmarks`` (or ``--quick``); it writes RESULTS.md beside this file.
"""
