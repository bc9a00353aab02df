"""Where the files of the press kit stand, from the folder of the site."""

from tolok.publish.links import file_name


def release_path(category: str, cluster: str, language: str) -> str:
    """The release of an award."""
    return f"press/{file_name(category)}-{file_name(cluster)}-{language}.md"


def chart_path(category: str, cluster: str, language: str, ending: str) -> str:
    """The chart of an award: svg or png."""
    return f"press/charts/{file_name(category)}-{file_name(cluster)}-{language}.{ending}"
