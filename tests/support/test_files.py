"""What a build ships for the way to a human: data for the scripts, the official list, and pages that are whole without scripts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest

from helpgen.content.support_fields import CHAINS
from helpgen.support.phrases import PHRASES, phrases_for
from tests.conftest import ROOT
from tests.site_folder import SiteFolder
from tests.support.data import SCENARIOS, with_support


def made(site: SiteFolder) -> dict[str, bytes]:
    build = with_support(site).build()
    assert build.ok, build.diagnostics
    return dict(build.files)


def page(files: dict[str, bytes], path: str) -> str:
    return files[f"{path}index.html"].decode()


def test_each_language_has_its_data_with_that_of_support(site: SiteFolder) -> None:
    files = made(site)
    (name,) = (path for path in files if path.startswith("assets/support.en."))
    data = json.loads(files[name])
    assert (data["locale"], data["language"]) == ("en", "zh")
    deposit = data["scenarios"][0]
    assert deposit["name"] == {"en": "Deposit not arrived", "zh": "充币没到账"}
    assert deposit["articles"] == [
        {"key": "deposits/not-arrived", "title": "Deposit not arrived", "url": "en/deposits/not-arrived/"}
    ]
    assert set(data["phrases"]) == {"en", "zh"}
    assert data["channels"][0]["open"]["weekly"]["mon"] == [[540, 1080]]
    told = page(files, "en/contact-us/").partition('id="hg-data">')[2].partition("</script>")[0]
    assert json.loads(told)["support"] == f"../../{name}"


def test_the_official_list_is_where_everybody_looks(site: SiteFolder) -> None:
    document = json.loads(made(site)[".well-known/support-channels.json"])
    assert document["version"] == 1
    assert [channel["id"] for channel in document["channels"]] == ["chat", "mail", "news"]
    assert document["channels"][0]["address"] == "https://help.example.com/zh/deposits/not-arrived/"
    assert document["channels"][1]["official"][1] == {"kind": "domain", "value": "example.com", "platform": ""}
    assert document["never_ask"] == {"zh": ["密码"], "en": ["A password"]}


def test_without_channels_there_is_none_of_it(site: SiteFolder) -> None:
    files = site.build().files
    assert not [path for path in files if "support." in path or path.startswith(".well-known") or "at-risk" in path]


def test_the_contact_page_is_whole_without_scripts(site: SiteFolder) -> None:
    html = page(made(site), "en/contact-us/")
    assert html.index("hg-scenario-risk") < html.index("hg-scenario-deposit"), "danger comes first"
    (link,) = set(re.findall(r'href="(mailto:help@example\.com\?[^"]*subject=Deposit[^"]*)"', html))
    query = parse_qs(urlsplit(link.replace("&amp;", "&")).query)
    assert query == {"subject": ["Deposit"], "body": ["UID:\r\nNetwork:\r\nWhat happened:"]}
    assert "A password" in html
    assert 'href="../at-risk/"' in html


def test_only_the_contact_page_may_talk_to_the_endpoint(site: SiteFolder) -> None:
    files = made(site)
    pages = {path for path, data in files.items() if path.endswith(".html") and b"https://desk.example.com" in data}
    assert pages == {"zh/contact-us/index.html", "en/contact-us/index.html"}
    assert "connect-src 'self' https://desk.example.com;" in page(files, "zh/contact-us/")


def test_every_page_leads_to_the_danger_page(site: SiteFolder) -> None:
    files = made(site)
    html = page(files, "zh/at-risk/")
    assert "先冻结" in html
    assert "改密码" in html
    assert "../contact-us/?scenario=risk#hg-scenario-risk" in html
    assert 'href="../../at-risk/"' in page(files, "zh/deposits/not-arrived/") or 'href="../../../zh/at-risk/"' in page(
        files, "zh/deposits/not-arrived/"
    )
    assert "noindex" in page(files, "zh/my-case/")
    assert b"my-case" not in files["sitemap.xml"]
    assert b"at-risk" in files["sitemap.xml"]


def test_an_article_shows_what_support_never_asks_for(site: SiteFolder) -> None:
    site.article("en/security/phishing", "Phishing", "Beware.\n\n:::never-ask\n:::\n")
    html = page(made(site), "en/security/phishing/")
    assert '<div class="admonition warning" role="note">' in html
    assert "<li>A password</li>" in html
    site.write("content/_data/scenarios.yaml", SCENARIOS.replace("A password", "Any <b>password</b>"))
    again = site.build()
    assert b"<li>Any &lt;b&gt;password&lt;/b&gt;</li>" in again.files["en/security/phishing/index.html"]


def test_the_block_takes_no_text_of_its_own(site: SiteFolder) -> None:
    with_support(site).article("en/security/phishing", "Phishing", "Beware.\n\n:::never-ask\nMore.\n:::\n")
    found = site.find("markdown/container")
    assert "has no text of its own" in found.message


def test_the_words_of_a_message_are_there_in_every_language() -> None:
    names = {frozenset(words) for words in PHRASES.values()}
    assert len(names) == 1
    assert phrases_for("zh-TW") is PHRASES["zh-Hant"]
    assert phrases_for("zh-CN") is PHRASES["zh"]
    assert phrases_for("fr") is PHRASES["en"]


def test_every_chain_of_the_data_is_one_that_scripts_can_judge() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail("no Node; the tests of the scripts need version 20 or later")
    module = (ROOT / "helpgen/support/client/identifiers.js").as_uri()
    unknown = f"{json.dumps(CHAINS)}.filter((chain) => !networkId(chain))"
    script = f"import {{ networkId }} from {json.dumps(module)}; console.log(JSON.stringify({unknown}))"
    done = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout) == ["other"]
