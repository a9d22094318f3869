"""How good the answers are: questions, measures and a committed baseline. Run with `python -m evals.run`."""
