"""`python -m infra.local.demo`: the main journey over HTTP, each step in plain words with its answer; non-zero when anything differs."""

import argparse
import json
import sys
import time

from infra.local.demo.accounts import register_everybody
from infra.local.demo.admission import approve_everywhere, open_entry, return_once, send_unit_form, suspect_duplicate
from infra.local.demo.cast import Cast
from infra.local.demo.client import Client
from infra.local.demo.delegation import bind_agents, reach_the_end
from infra.local.demo.officials import name_officials
from infra.local.demo.projects import merge_accounts
from infra.local.demo.server import Server
from infra.local.demo.story import Story, StoryDiffers


def main(arguments: list[str] | None = None) -> int:
    """Play the journey against a system of the demo's own and return the exit code."""
    parser = argparse.ArgumentParser(prog="infra.local.demo", description=__doc__)
    parser.add_argument("--ric", action="store_true", help="run every function under the real awslambdaric")
    parser.add_argument("--quiet", action="store_true", help="print the last line only")
    chosen = parser.parse_args(arguments)
    story, began = Story(quiet=chosen.quiet), time.monotonic()
    try:
        with Server(ric=chosen.ric) as server:
            play(server, story)
    except StoryDiffers as exc:
        print(f"\nThe demo differs: {exc}", file=sys.stderr)
        return 1
    print(f"\nThe whole journey passed: {story.checks} checks in {time.monotonic() - began:.0f} s.")
    return 0


def play(server: Server, story: Story, cast: Cast | None = None) -> Cast:
    """Play all chapters, a power cut in the middle of a review included."""
    cast, client = cast or Cast(), Client(server.url, story)
    register_everybody(client, cast)
    name_officials(client, cast, json.loads((server.state / "administrator.json").read_text()))
    bind_agents(client, cast)
    case_id = send_unit_form(client, cast)
    return_once(client, cast, case_id)
    story.chapter("City, province and nation approve; the power fails in between (逐级审核)")
    approve_everywhere(client, case_id, (cast.city,))
    story.step("kill -9, while the case waits at the province; the system starts again and goes on from its rows")
    server.kill()
    story.note(f"ready again after {server.start():.1f} s")
    approve_everywhere(client, case_id, (cast.province, cast.national))
    open_entry(client, cast)
    suspect_duplicate(client, cast)
    merge_accounts(client, cast)
    reach_the_end(client, cast)
    return cast


if __name__ == "__main__":
    sys.exit(main())
