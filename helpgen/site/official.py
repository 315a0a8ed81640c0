"""What is ours, as the page that tells it from imitations needs it: names, domains, addresses, accounts, numbers.

A phone number is written in many ways. Which of them mean the same is known here, by libphonenumber's rules; the page
only compares digits.
"""

from __future__ import annotations

from typing import Final

from helpgen.model.page import OfficialRow, VerifyPage
from helpgen.model.support import Official
from helpgen.site.head import page_head
from helpgen.site.urls import VERIFY
from helpgen.site.views import Context, languages_of

# What is dialled before a country's code, from where most readers call: ITU's 00, and those of North America,
# Australia, Japan, Hong Kong, Singapore and Russia.
_ABROAD: Final = ("00", "011", "0011", "010", "001", "000", "810")

# How platforms write themselves where a capital letter is not enough.
_PLATFORMS: Final = {
    "app-store": "App Store",
    "google-play": "Google Play",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "linkedin": "LinkedIn",
    "wechat": "微信 WeChat",
    "weibo": "微博 Weibo",
    "whatsapp": "WhatsApp",
    "qq": "QQ",
}


def verify_page(context: Context) -> VerifyPage:
    """The list, and what the script compares with it. It comes with the page, so that the check works offline."""
    rows, names = official_rows(context), official_names(context)
    languages = languages_of(context, VERIFY)
    url = context.view.verify_url
    entries = [
        {
            "kind": row.kind,
            "value": row.value,
            "platform": row.platform,
            "shown": row.platform_name,
            **({"forms": row.forms} if row.forms else {}),
        }
        for row in rows
    ]
    return VerifyPage(
        url=url,
        site=context.view,
        head=page_head(context.site.config, context.locale, url, languages=languages),
        languages=languages,
        names=names,
        rows=rows,
        official={"names": names, "entries": entries},
    )


def official_rows(context: Context) -> tuple[OfficialRow, ...]:
    """Every official row of every channel, in the order of the file, each once."""
    rows: dict[tuple[str, str, str], OfficialRow] = {}
    for channel in context.site.channels:
        for row in channel.official:
            rows.setdefault((row.kind, row.value, row.platform), _row(row))
    return tuple(rows.values())


def official_names(context: Context) -> tuple[str, ...]:
    """What we are called: the names of our apps, and the site's own title if it is one word."""
    apps = [row.value for channel in context.site.channels for row in channel.official if row.kind == "app"]
    titles = [title for title in context.site.config.title.values() if " " not in title and len(title) <= 12]
    return tuple(dict.fromkeys([*apps, *titles]))


def phone_forms(number: str) -> tuple[str, ...]:
    """The digits of a phone number in every way of writing it: with its country, from abroad, and within the country.

    `number` is international ("+44 20 7946 0958"). One that libphonenumber does not know is only itself.
    """
    # Its tables of all countries are only loaded for a site that lists a number.
    import phonenumbers

    digits = "".join(letter for letter in number if letter.isdigit())
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return (digits,)
    within = phonenumbers.national_significant_number(parsed)
    region = phonenumbers.region_code_for_number(parsed)
    trunk = (phonenumbers.ndd_prefix_for_region(region, True) if region else "") or ""
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    forms = [digits, within, trunk + within, "".join(letter for letter in national if letter.isdigit())]
    return tuple(sorted({*forms, *(prefix + digits for prefix in _ABROAD)}))


def _row(row: Official) -> OfficialRow:
    return OfficialRow(
        kind=row.kind,
        value=row.value,
        platform=row.platform,
        platform_name=_PLATFORMS.get(row.platform, row.platform.replace("-", " ").capitalize()),
        url=_url(row),
        forms=phone_forms(row.value) if row.kind == "phone" else (),
    )


def _url(row: Official) -> str:
    """The link of a row that a reader can follow, "" for a name."""
    links = {"domain": f"https://{row.value}/", "email": f"mailto:{row.value}", "phone": f"tel:{row.value}"}
    return row.value if row.kind == "url" else links.get(row.kind, "")
