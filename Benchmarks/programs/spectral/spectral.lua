-- Largest singular value of a(i, j) = 1 / ((i + j)(i + j + 1) / 2 + i + 1), by power iteration.
local function entry(i, j)
  return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1)
end

local function times(v, result, n)
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do sum = sum + entry(i - 1, j - 1) * v[j] end
    result[i] = sum
  end
end

local function transposed_times(v, result, n)
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do sum = sum + entry(j - 1, i - 1) * v[j] end
    result[i] = sum
  end
end

local function dot(u, v, n)
  local sum = 0.0
  for i = 1, n do sum = sum + u[i] * v[i] end
  return sum
end

local function norm(n, rounds)
  local u, v, half = {}, {}, {}
  for i = 1, n do u[i], v[i], half[i] = 1.0, 0.0, 0.0 end
  for _ = 1, rounds do
    times(u, half, n)
    transposed_times(half, v, n)
    times(v, half, n)
    transposed_times(half, u, n)
  end
  return math.sqrt(dot(u, v, n) / dot(v, v, n))
end

print(string.format("%.9f", norm(320, 10)))
