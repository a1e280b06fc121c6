"""Many short-lived perfect binary trees beside one that stays."""


class Tree:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def grow(depth):
    if depth == 0:
        return Tree(None, None)
    return Tree(grow(depth - 1), grow(depth - 1))


def run(deepest):
    kept = grow(deepest)
    for depth in range(4, deepest + 1, 2):
        trees = 2 ** (deepest - depth)
        nodes = 0
        for _ in range(trees):
            nodes += grow(depth).count()
        print(f"{trees} trees of depth {depth}: {nodes} nodes")
    print(f"kept tree of depth {deepest}: {kept.count()} nodes")


run(16)
