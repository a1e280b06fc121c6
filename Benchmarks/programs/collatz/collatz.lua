-- The number below a limit whose Collatz chain is longest.
local function longest(limit)
  local best, start, total = 0, 0, 0
  for i = 1, limit do
    local n, steps = i, 0
    while n ~= 1 do
      if n % 2 == 0 then n = n // 2 else n = 3 * n + 1 end
      steps = steps + 1
    end
    total = total + steps
    if steps > best then best, start = steps, i end
  end
  return best, start, total
end

local best, start, total = longest(90000)
print(start .. " " .. best .. " " .. total)
