-- SHA-256 (FIPS 180-4) of "abc" and of a longer message.
local byte, char, rep = string.byte, string.char, string.rep

local function first_primes(count)
  local primes, candidate = {}, 2
  while #primes < count do
    local prime = true
    for i = 1, #primes do
      if candidate % primes[i] == 0 then prime = false; break end
    end
    if prime then primes[#primes + 1] = candidate end
    candidate = candidate + 1
  end
  return primes
end

-- The first 32 bits of the fraction of each prime's root.
local function root_fractions(count, exponent)
  local words = first_primes(count)
  for i = 1, count do words[i] = math.floor(words[i] ^ exponent % 1 * 2 ^ 32) end
  return words
end

local K = root_fractions(64, 1 / 3)

local function compress(state, message, start, w)
  for i = 1, 16 do
    local a, b, c, d = byte(message, start + 4 * i - 4, start + 4 * i - 1)
    w[i] = a << 24 | b << 16 | c << 8 | d
  end
  for i = 17, 64 do
    local x, y = w[i - 15], w[i - 2]
    local s0 = (x >> 7 | x << 25) ~ (x >> 18 | x << 14) ~ x >> 3
    local s1 = (y >> 17 | y << 15) ~ (y >> 19 | y << 13) ~ y >> 10
    w[i] = w[i - 16] + s0 + w[i - 7] + s1 & 0xffffffff
  end
  local a, b, c, d = state[1], state[2], state[3], state[4]
  local e, f, g, h = state[5], state[6], state[7], state[8]
  for i = 1, 64 do
    local s1 = (e >> 6 | e << 26) ~ (e >> 11 | e << 21) ~ (e >> 25 | e << 7)
    local t = h + s1 + (e & f ~ ~e & g) + K[i] + w[i]
    local s0 = (a >> 2 | a << 30) ~ (a >> 13 | a << 19) ~ (a >> 22 | a << 10)
    local u = s0 + (a & b ~ a & c ~ b & c)
    h, g, f, e = g, f, e, d + t & 0xffffffff
    d, c, b, a = c, b, a, t + u & 0xffffffff
  end
  state[1] = state[1] + a & 0xffffffff
  state[2] = state[2] + b & 0xffffffff
  state[3] = state[3] + c & 0xffffffff
  state[4] = state[4] + d & 0xffffffff
  state[5] = state[5] + e & 0xffffffff
  state[6] = state[6] + f & 0xffffffff
  state[7] = state[7] + g & 0xffffffff
  state[8] = state[8] + h & 0xffffffff
end

local function sha256(message)
  local bits = #message * 8
  local padded = message .. "\x80" .. rep("\0", (55 - #message) % 64)
  for shift = 56, 0, -8 do padded = padded .. char(bits >> shift & 0xff) end
  local state, w = root_fractions(8, 1 / 2), {}
  for start = 1, #padded, 64 do compress(state, padded, start, w) end
  return string.format(rep("%08x", 8), table.unpack(state))
end

print(sha256("abc"))
print(sha256(rep("Janus looks both ways. ", 40000)))
