"""One module a chapter: plausible wrong answers, and what the check must say about each."""
