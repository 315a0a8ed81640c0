"""The search under an address that lasts: what a script of somebody else imports from a published site."""

from __future__ import annotations

import json
import subprocess

from tests.site_folder import SiteFolder

ASK = """
import { readFileSync } from "node:fs";
const { openSearch } = await import(new URL("search/engine.js", SITE).href);
const fetch = async (url) => new Response(readFileSync(new URL(url)));
const search = openSearch({ base: new URL("search/", SITE).href, locale: "en", fetch });
const answer = await search.answer("lost card");
const { hits } = await search.search("lost card", { limit: 1 });
process.stdout.write(JSON.stringify([hits[0].key, answer.hit.key, await search.suggest("lost c")]));
"""


def test_a_script_imports_the_search_of_a_published_site(site: SiteFolder, node: str) -> None:
    site.article("en/security/lost", "Lost card", "Block it at once.")
    site.publish()
    out = site.root / "build"
    # A web server says what a module is; Node asks this file.
    (site.root / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    script = f"const SITE = {json.dumps(out.as_uri() + '/')};{ASK}"
    done = subprocess.run(
        [node, "--input-type=module", "-"], input=script.encode(), capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == ["en/security/lost", "en/security/lost", ["Lost card", "Lost card?"]]
