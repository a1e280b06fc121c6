"""SHA-256 (FIPS 180-4) of "abc" and of a longer message."""

MASK = 0xFFFFFFFF


def first_primes(count):
    primes, candidate = [], 2
    while len(primes) < count:
        if all(candidate % prime for prime in primes):
            primes.append(candidate)
        candidate += 1
    return primes


def root_fractions(count, exponent):
    """The first 32 bits of the fraction of each prime's root."""
    return [int(prime ** exponent % 1 * 2 ** 32) for prime in first_primes(count)]


K = root_fractions(64, 1 / 3)


def compress(state, message, start, w):
    for i in range(16):
        at = start + 4 * i
        w[i] = message[at] << 24 | message[at + 1] << 16 | message[at + 2] << 8 | message[at + 3]
    for i in range(16, 64):
        x, y = w[i - 15], w[i - 2]
        s0 = (x >> 7 | x << 25) ^ (x >> 18 | x << 14) ^ x >> 3
        s1 = (y >> 17 | y << 15) ^ (y >> 19 | y << 13) ^ y >> 10
        w[i] = w[i - 16] + s0 + w[i - 7] + s1 & MASK
    a, b, c, d, e, f, g, h = state
    for i in range(64):
        s1 = (e >> 6 | e << 26) ^ (e >> 11 | e << 21) ^ (e >> 25 | e << 7)
        t = h + s1 + (e & f ^ ~e & g) + K[i] + w[i]
        s0 = (a >> 2 | a << 30) ^ (a >> 13 | a << 19) ^ (a >> 22 | a << 10)
        u = s0 + (a & b ^ a & c ^ b & c)
        h, g, f, e = g, f, e, d + t & MASK
        d, c, b, a = c, b, a, t + u & MASK
    for i, word in enumerate((a, b, c, d, e, f, g, h)):
        state[i] = state[i] + word & MASK


def sha256(message):
    bits = len(message) * 8
    padded = message + b"\x80" + bytes((55 - len(message)) % 64) + bits.to_bytes(8, "big")
    state, w = root_fractions(8, 1 / 2), [0] * 64
    for start in range(0, len(padded), 64):
        compress(state, padded, start, w)
    return "".join("%08x" % word for word in state)


print(sha256(b"abc"))
print(sha256(b"Janus looks both ways. " * 40000))
