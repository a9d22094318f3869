"""A class that asks the news together: sessions, pupils, a fair queue, and what a teacher sees. `rag` knows it not."""
