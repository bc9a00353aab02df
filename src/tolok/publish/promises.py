"""What an edition's pages may promise: only what its rules and its lock hold."""

from tolok.methodology.rules import Rules


def compares_sizes(rules: Rules) -> bool:
    """Whether any indicator compares counts with what an account of that size lets expect."""
    return any(
        indicator.model == "residual"
        or (indicator.model == "above_expected" and indicator.baseline == "residual")
        for category in rules.categories
        for indicator in category.indicators
    )
