"""Largest singular value of a(i, j) = 1 / ((i + j)(i + j + 1) / 2 + i + 1), by power iteration."""
from math import sqrt


def entry(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v, result, n):
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += entry(i, j) * v[j]
        result[i] = total


def transposed_times(v, result, n):
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += entry(j, i) * v[j]
        result[i] = total


def dot(u, v, n):
    total = 0.0
    for i in range(n):
        total += u[i] * v[i]
    return total


def norm(n, rounds):
    u, v, half = [1.0] * n, [0.0] * n, [0.0] * n
    for _ in range(rounds):
        times(u, half, n)
        transposed_times(half, v, n)
        times(v, half, n)
        transposed_times(half, u, n)
    return sqrt(dot(u, v, n) / dot(v, v, n))


print("%.9f" % norm(320, 10))
