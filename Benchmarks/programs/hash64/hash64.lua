-- FNV-1a over the low bytes of a counter, with a shift between rounds, in 64 bits.
local function hash(rounds)
  local h = 0xcbf29ce484222325
  for i = 1, rounds do
    h = (h ~ (i & 0xff)) * 0x100000001b3
    h = h ~ h >> 29
  end
  return h
end

print(string.format("%016x", hash(16000000)))
