-- Many short-lived perfect binary trees beside one that stays.
local Tree = {}
Tree.__index = Tree

local function grow(depth)
  if depth == 0 then return setmetatable({}, Tree) end
  return setmetatable({ left = grow(depth - 1), right = grow(depth - 1) }, Tree)
end

function Tree:count()
  if self.left == nil then return 1 end
  return 1 + self.left:count() + self.right:count()
end

local function run(deepest)
  local kept = grow(deepest)
  for depth = 4, deepest, 2 do
    local trees = 2 ^ (deepest - depth)
    local nodes = 0
    for _ = 1, trees do nodes = nodes + grow(depth):count() end
    print(string.format("%d trees of depth %d: %d nodes", trees, depth, nodes))
  end
  print(string.format("kept tree of depth %d: %d nodes", deepest, kept:count()))
end

run(16)
