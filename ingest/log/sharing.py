"""How partitions are shared among the members of a group, and a limit among partitions. Pure."""

from collections.abc import Mapping


def fair_share(held: Mapping[int, int], me: int, partitions: int) -> int:
    """How many of `partitions` the member `me` should hold; `held` says what each member holds now.

    Shares differ by at most one and sum up to `partitions`. Who holds most keeps the larger share, so
    that nothing moves without need; members that hold equally much are told apart by their numbers.
    """
    ranking = sorted(held, key=lambda member: (-held[member], member))
    share, left_over = divmod(partitions, len(ranking))
    return share + (1 if ranking.index(me) < left_over else 0)


def split_limit(waiting: Mapping[int, int], limit: int) -> dict[int, int]:
    """How many entries to read from each partition, `limit` in all; `waiting` says how many it has.

    Every partition gets the same, and what one can't use goes to the others: a quiet partition is never
    behind a busy one.
    """
    taken: dict[int, int] = {}
    partitions = sorted((partition for partition, count in waiting.items() if count > 0), key=lambda p: waiting[p])
    for done, partition in enumerate(partitions):
        left = limit - sum(taken.values())
        taken[partition] = min(waiting[partition], -(-left // (len(partitions) - done)))
    return {partition: count for partition, count in taken.items() if count > 0}
