"""Models: fetched, verified, loaded, asked for vectors and order. Knows no article."""
