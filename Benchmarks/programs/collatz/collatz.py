"""The number below a limit whose Collatz chain is longest."""


def longest(limit):
    best = start = total = 0
    for i in range(1, limit + 1):
        n, steps = i, 0
        while n != 1:
            if n % 2 == 0:
                n //= 2
            else:
                n = 3 * n + 1
            steps += 1
        total += steps
        if steps > best:
            best, start = steps, i
    return start, best, total


print(*longest(90000))
