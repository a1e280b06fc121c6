-- Flips needed to bring 1 to the front, over all permutations in the order of Heap's algorithm.
local function flips(order, scratch)
  for i = 1, #order do scratch[i] = order[i] end
  local count = 0
  local first = scratch[1]
  while first ~= 1 do
    local low, high = 1, first
    while low < high do
      scratch[low], scratch[high] = scratch[high], scratch[low]
      low, high = low + 1, high - 1
    end
    count = count + 1
    first = scratch[1]
  end
  return count
end

local function fannkuch(n)
  local order, scratch, turns = {}, {}, {}
  for i = 1, n do order[i], turns[i] = i, 0 end
  local most, checksum, sign = 0, 0, 1
  local i = 1
  while true do
    local count = flips(order, scratch)
    if count > most then most = count end
    checksum = checksum + sign * count
    sign = -sign
    while i <= n and turns[i] >= i - 1 do
      turns[i] = 0
      i = i + 1
    end
    if i > n then return most, checksum end
    local other = i % 2 == 1 and 1 or turns[i] + 1
    order[i], order[other] = order[other], order[i]
    turns[i] = turns[i] + 1
    i = 1
  end
end

local most, checksum = fannkuch(9)
print(most .. " " .. checksum)
