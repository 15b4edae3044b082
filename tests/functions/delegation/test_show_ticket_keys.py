"""The public keys of entry tickets (DEL-12) are for everybody, and may be kept for an hour."""

from tests.stage import Stage


def test_the_keys_are_a_json_web_key_set(stage: Stage) -> None:
    made = stage.run("delegation.rotate_ticket_keys")["made"]
    shown = stage.call("delegation.show_ticket_keys")
    (key,) = shown.json["keys"]
    assert (key["kid"], key["kty"], key["crv"], key["alg"], key["use"]) == (made, "EC", "P-256", "ES256", "sig")
    assert set(key) == {"kid", "kty", "crv", "alg", "use", "x", "y"}
    assert shown.headers["Cache-Control"] == "public, max-age=3600"


def test_there_may_be_no_key_yet(stage: Stage) -> None:
    assert stage.call("delegation.show_ticket_keys").json == {"keys": []}
