"""Words to numbers: cut, count, code, pad.

``words`` (tokenize, Vocabulary) and ``padding`` are what a chapter needs at once; ``corpus`` does many texts at a time,
``cleaning`` is NLTK's recipe.
"""

from helpers.text.padding import lengths, mask, pad
from helpers.text.words import FILTERS, OOV, PAD, SPECIAL, START, Vocabulary, tokenize

__all__ = ["FILTERS", "OOV", "PAD", "SPECIAL", "START", "Vocabulary", "lengths", "mask", "pad", "tokenize"]
