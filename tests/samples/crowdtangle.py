"""Files as CrowdTangle exported them: pages and groups of Facebook, accounts of Instagram."""

import csv
import io

OPTIONS: dict[str, object] = {}
WEIGHTS = "Likes 1x Shares 1x Comments 1x Love 1x Wow 1x Haha 1x Sad 1x Angry 1x Care 1x "
FACEBOOK = (
    "Page Name", "User Name", "Facebook Id", "Page Category", "Page Admin Top Country",
    "Page Description", "Page Created", "Likes at Posting", "Followers at Posting",
    "Post Created", "Post Created Date", "Post Created Time", "Type", "Total Interactions",
    "Likes", "Comments", "Shares", "Love", "Wow", "Haha", "Sad", "Angry", "Care",
    "Video Share Status", "Is Video Owner?", "Post Views", "Total Views",
    "Total Views For All Crossposts", "Video Length", "URL", "Message", "Link", "Final Link",
    "Image Text", "Link Text", "Description", "Sponsor Id", "Sponsor Name", "Sponsor Category",
    f"Overperforming Score (weighted  —  {WEIGHTS})",
)  # fmt: skip
INSTAGRAM = (
    "Account", "User Name", "Followers at Posting", "Post Created", "Post Created Date",
    "Post Created Time", "Type", "Total Interactions", "Likes", "Comments", "Views", "URL",
    "Link", "Photo", "Title", "Description", "Image Text", "Sponsor Id", "Sponsor Name",
    "Overperforming Score (weighted  —  Likes 1x Comments 1x )",
)  # fmt: skip


def facebook_row(number=1, **cells):
    """A post of a page by its header."""
    row = {
        **dict.fromkeys(FACEBOOK, ""), "Page Name": "Dinas Contoh", "User Name": "dinascontoh",
        "Facebook Id": "7533944086", "Page Created": "2010-01-10 18:20:58",
        "Likes at Posting": "1464754", "Followers at Posting": "1562141",
        "Post Created": f"2021-07-06 16:45:{number:02} EDT", "Post Created Date": "2021-07-06",
        "Post Created Time": f"16:45:{number:02}", "Type": "Photo",
        "Total Interactions": "1,234", "Likes": "1,000", "Comments": "100", "Shares": "34",
        "Love": "50", "Wow": "20", "Haha": "10", "Sad": "10", "Angry": "5", "Care": "5",
        "Post Views": "0", "Total Views": "0", "Total Views For All Crossposts": "0",
        "Video Length": "N/A",
        "URL": f"https://www.facebook.com/7533944086/posts/101594{number:04}",
        "Message": f'Halo, "dunia"\nbaris {number} 🎉', FACEBOOK[-1]: "-1,234.5",
    }  # fmt: skip
    return {**row, **cells}


def instagram_row(number=1, **cells):
    """A post of an account by its header."""
    row = {
        **dict.fromkeys(INSTAGRAM, ""), "Account": "Dinas Contoh", "User Name": "dinascontoh",
        "Followers at Posting": "45123", "Post Created": f"2021-12-06 16:45:{number:02} EST",
        "Type": "Photo", "Total Interactions": "1,100", "Likes": "1,000", "Comments": "100",
        "Views": "0", "URL": f"https://www.instagram.com/p/CJggXA2At{number:02}/",
        "Description": f"Kiriman {number}", INSTAGRAM[-1]: "1.5",
    }  # fmt: skip
    return {**row, **cells}


def written(header, rows):
    """The rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


_GROUP = ("Group Name", *FACEBOOK[1:22], *FACEBOOK[23:38], FACEBOOK[39])
SAMPLES = {
    "2021-08-01-09-15-26-EDT-Historical-Report-Dinas.csv": written(
        FACEBOOK, [facebook_row(number) for number in range(1, 11)]
    ),
    "2021-08-02-09-15-26-EDT-search-csv-export.csv": written(
        _GROUP,
        [
            {name: facebook_row(number).get(name, "Warga") for name in _GROUP}
            for number in range(11, 21)
        ],
    ),
    "2022-01-14-09-15-26-WIB-search-csv-export.csv": written(
        INSTAGRAM, [instagram_row(number) for number in range(1, 11)]
    ),
}
"""Content by file name; every file holds ten rows, all of them good."""
