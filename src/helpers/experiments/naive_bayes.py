"""The features of Wang and Manning (2012): naive Bayes's weights, for a linear model to start from."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from helpers.arrays import Integers


class LogCountRatio(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Multiply each feature by the log of how much more it occurs in positive documents than in negative ones.

    With ``f (n, features)`` the 0/1 features of n documents, ``p = alpha + Σ f`` over the positive and
    ``q = alpha + Σ f`` over the negative documents, the factor is ``r = ln((p / ‖p‖₁) / (q / ‖q‖₁))``.

    Parameters
    ----------
    alpha : smoothing, above 0.
    """

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = alpha

    def fit(self, features: Any, labels: Integers) -> LogCountRatio:
        p, q = (
            self.alpha + np.asarray(features[np.flatnonzero(labels == label)].sum(axis=0), dtype="float64").ravel()
            for label in (1, 0)
        )
        self.ratio_ = np.log((p / p.sum()) / (q / q.sum())).astype("float32")
        return self

    def transform(self, features: Any) -> Any:
        return features.multiply(self.ratio_).tocsr()
