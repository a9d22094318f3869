"""The fair queue: who comes next, whatever happens."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desk.queue import FairQueue, Ticket


def ticket(pupil: str, session: str = "3B") -> Ticket:
    return Ticket(f"{session} {pupil}", pupil, session)


def queue_of(*tickets: Ticket) -> FairQueue:
    queue = FairQueue()
    for each in tickets:
        queue.enter(each, each.turn)
    return queue


def served(queue: FairQueue) -> list[str]:
    """Who is served, one after the other, until nobody waits."""
    names = []
    while (work := queue.next()) is not None:
        names += [each.member for each in queue.tickets(work)]
        queue.done(work)
    return names


def test_queue_serves_in_the_order_of_arrival_who_was_never_served():
    assert served(queue_of(ticket("Léa"), ticket("Ugo"), ticket("Zoë"))) == ["Léa", "Ugo", "Zoë"]


def test_queue_lets_others_go_before_who_was_just_served():
    queue = queue_of(ticket("Léa"))
    queue.done(queue.next() or "")
    queue.enter(Ticket("again", "Léa", "3B"), "again")
    queue.enter(ticket("Ugo"), "Ugo")

    assert served(queue) == ["Ugo", "Léa"]


def test_a_small_class_does_not_wait_for_a_big_one():
    big = [ticket(f"{number}", "big") for number in range(30)]
    queue = queue_of(*big, ticket("Ugo", "small"))

    assert queue.ahead()["small Ugo"] == 2


def test_who_waits_for_the_same_is_served_together_also_when_it_has_begun():
    queue = FairQueue()
    queue.enter(ticket("Léa"), "Wer singt?")
    queue.enter(ticket("Ugo"), "Wer singt?")
    work = queue.next()
    queue.enter(ticket("Zoë"), "Wer singt?")

    assert work == "Wer singt?"
    assert {each.member for each in queue.tickets("Wer singt?")} == {"Léa", "Ugo", "Zoë"}
    assert queue.ahead() == {"3B Léa": 0, "3B Ugo": 0, "3B Zoë": 0}
    assert queue.next() is None


def test_who_leaves_frees_the_place():
    queue = queue_of(ticket("Léa"), ticket("Ugo"))

    queue.leave("3B Léa")

    assert queue.ahead() == {"3B Ugo": 1}
    assert served(queue) == ["Ugo"]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=40, unique=True))
def test_sessions_with_waiting_pupils_are_served_in_turn(waiting: list[tuple[int, int]]):
    queue = FairQueue()
    for session, pupil in waiting:
        queue.enter(ticket(str(pupil), str(session)), (session, pupil))

    order = []
    while (work := queue.next()) is not None:
        order += [each.group for each in queue.tickets(work)]
        queue.done(work)

    left, counts = Counter(str(session) for session, _ in waiting), Counter[str]()
    for session in order:
        counts[session] += 1
        others = [name for name in left if counts[name] < left[name]]
        assert all(counts[session] - counts[name] <= 1 for name in others)


class Queueing(RuleBasedStateMachine):
    """Pupils come, join the work of others, leave and are served in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = FairQueue()
        self.inside: set[str] = set()
        self.running: list[str] = []
        self.passed: Counter[str] = Counter()

    @rule(pupil=st.integers(0, 8), session=st.integers(0, 2), work=st.integers(0, 5))
    def enter(self, pupil: int, session: int, work: int) -> None:
        each = ticket(str(pupil), str(session))
        self.queue.enter(each, f"w{work}" if each.turn not in self.inside else "ignored")
        self.inside.add(each.turn)

    @precondition(lambda self: self.inside)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        turn = data.draw(st.sampled_from(sorted(self.inside)))
        self.queue.leave(turn)
        self.inside.discard(turn)
        self.passed.pop(turn, None)

    @rule()
    def serve(self) -> None:
        before = self.queue.ahead()
        work = self.queue.next()
        assert (work is None) == (not any(before.values()))
        if work is not None:
            self.running.append(str(work))
            served = {each.turn for each in self.queue.tickets(work)}
            assert {turn for turn, place in before.items() if place == 1} <= served
            for turn in served:
                self.passed.pop(turn, None)
            self.passed.update(turn for turn in self.queue.ahead() if self.queue.ahead()[turn])

    @precondition(lambda self: self.running)
    @rule()
    def done(self) -> None:
        work = self.running.pop(0)
        self.inside -= {each.turn for each in self.queue.tickets(work)}
        self.queue.done(work)

    @invariant()
    def nobody_is_lost_or_told_twice(self) -> None:
        assert set(self.queue.ahead()) == self.inside

    @invariant()
    def nobody_waits_for_more_than_a_round_of_all_others(self) -> None:
        assert all(count <= 27 for count in self.passed.values())


TestQueueing = Queueing.TestCase
TestQueueing.settings = settings(max_examples=2 * settings.default.max_examples // 3, stateful_step_count=30)
