"""The explainer on news sites: keys, a public API, and pages for editors. Knows neither the page nor classes."""
