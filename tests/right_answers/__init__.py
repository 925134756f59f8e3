"""One module a chapter: answers that are right, each written in another way, and that the check must accept."""
