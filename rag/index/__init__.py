"""What is kept on the disk: articles, vectors, words, readers' data, and how they come there. Answers nothing."""
