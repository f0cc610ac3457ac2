"""A playbook, a text and the daily screening in a real terminal."""

from __future__ import annotations

from application import leadtui
from terminal import Terminal


def test_a_lead_is_screened_and_gets_its_playbook() -> None:
    with Terminal(leadtui("demo")) as demo:
        demo.wait_for("Nova Robotics", "New lead: three touches is proposed")
        demo.press("p")
        demo.wait_for("Start a playbook")
        demo.press("1")
        demo.wait_for("Call Li Wei: need, budget")
        demo.press("m")
        demo.wait_for("Templates", "First call")
        demo.press("esc")
        demo.wait_gone("Templates")
        demo.press("N")
        demo.wait_for("Screening", "left")
        demo.press("esc")
        demo.wait_for("Inbox", "Follow Up")
        demo.press("u")
        demo.wait_for("New lead: three touches is proposed")
        demo.press("q")
        assert demo.exit_code() == 0
        assert "Traceback" not in demo.raw
