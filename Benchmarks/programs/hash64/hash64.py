"""FNV-1a over the low bytes of a counter, with a shift between rounds, in 64 bits."""

MASK = 0xFFFFFFFFFFFFFFFF


def hash64(rounds):
    h = 0xCBF29CE484222325
    for i in range(1, rounds + 1):
        h = (h ^ (i & 0xFF)) * 0x100000001B3 & MASK
        h ^= h >> 29
    return h


print("%016x" % hash64(16000000))
