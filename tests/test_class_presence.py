"""Who has a page open: tabs, pages that are loaded again, and who is gone."""

from classroom.lesson.presence import GRACE_S, Presence


def test_presence_lets_a_page_that_is_loaded_again_stay():
    now = [0.0]
    presence = Presence(lambda: now[0])
    presence.arrive("Zoë")
    presence.arrive("Zoë")  # a second tab

    presence.leave("Zoë")
    now[0] = 100.0
    one_tab = presence.gone()
    presence.leave("Zoë")
    now[0] += GRACE_S - 0.1
    soon = presence.gone()
    presence.arrive("Zoë")
    now[0] += 100
    back = presence.gone()
    presence.leave("Zoë")
    now[0] += GRACE_S

    assert (one_tab, soon, back, presence.gone(), presence.gone()) == ([], [], [], ["Zoë"], [])
