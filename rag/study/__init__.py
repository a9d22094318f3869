"""An answer -> what helps to learn from it: hard words, their explanations, a quiz. Knows no search."""
