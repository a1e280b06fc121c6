// Many short-lived perfect binary trees beside one that stays.
class Tree {
  constructor(left, right) { this.left = left; this.right = right; }
  count() {
    if (this.left === null) return 1;
    return 1 + this.left.count() + this.right.count();
  }
}

function grow(depth) {
  if (depth === 0) return new Tree(null, null);
  return new Tree(grow(depth - 1), grow(depth - 1));
}

function run(deepest) {
  const kept = grow(deepest);
  for (let depth = 4; depth <= deepest; depth += 2) {
    const trees = 2 ** (deepest - depth);
    let nodes = 0;
    for (let i = 0; i < trees; i++) nodes += grow(depth).count();
    console.log(`${trees} trees of depth ${depth}: ${nodes} nodes`);
  }
  console.log(`kept tree of depth ${deepest}: ${kept.count()} nodes`);
}

run(16);
