-- Edit distances between all pairs of made-up words, two rows at a time.
local function make_words(count)
  local words, seed = {}, 99
  for i = 1, count do
    local letters = {}
    seed = seed * 16807 % 2147483647
    for j = 1, 12 + seed % 20 do
      seed = seed * 16807 % 2147483647
      letters[j] = string.char(97 + seed % 6)
    end
    words[i] = table.concat(letters)
  end
  return words
end

local function distance(a, b)
  local previous, current = {}, {}
  for j = 0, #b do previous[j] = j end
  for i = 1, #a do
    local letter = a[i]
    current[0] = i
    for j = 1, #b do
      local best = previous[j - 1]
      if letter ~= b[j] then
        if previous[j] < best then best = previous[j] end
        if current[j - 1] < best then best = current[j - 1] end
        best = best + 1
      end
      current[j] = best
    end
    previous, current = current, previous
  end
  return previous[#b]
end

local function run(count)
  local words = make_words(count)
  local bytes = {}
  for i = 1, count do bytes[i] = { string.byte(words[i], 1, -1) } end
  local total, nearest, first, second = 0, 1000, 0, 0
  for i = 1, count do
    for j = i + 1, count do
      local d = distance(bytes[i], bytes[j])
      total = total + d
      if d < nearest then nearest, first, second = d, i, j end
    end
  end
  print(total .. " " .. nearest .. " " .. words[first] .. " " .. words[second])
end

run(170)
