"""Flips needed to bring 0 to the front, over all permutations in the order of Heap's algorithm."""


def flips(order, scratch):
    for i in range(len(order)):
        scratch[i] = order[i]
    count = 0
    first = scratch[0]
    while first != 0:
        low, high = 0, first
        while low < high:
            scratch[low], scratch[high] = scratch[high], scratch[low]
            low += 1
            high -= 1
        count += 1
        first = scratch[0]
    return count


def fannkuch(n):
    order = list(range(n))
    scratch = [0] * n
    turns = [0] * n
    most, checksum, sign = 0, 0, 1
    i = 0
    while True:
        count = flips(order, scratch)
        if count > most:
            most = count
        checksum += sign * count
        sign = -sign
        while i < n and turns[i] >= i:
            turns[i] = 0
            i += 1
        if i == n:
            return most, checksum
        other = 0 if i % 2 == 0 else turns[i]
        order[i], order[other] = order[other], order[i]
        turns[i] += 1
        i = 0


print(*fannkuch(9))
