"""Who comes in, and where: codes, keys, nicknames, the teacher's secret. Knows no lesson and no requests."""
