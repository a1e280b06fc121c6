-- Word frequencies of a made-up text, most frequent first.
local function make_words()
  local heads = { "ka", "mi", "to", "ra", "ne", "su", "lo", "vi", "pa", "du" }
  local tails = { "n", "s", "rel", "mon", "tik", "ba", "xo", "th", "ling", "q" }
  local words = {}
  for i = 1, #tails do
    for j = 1, #heads do
      for k = 1, #heads do
        for l = 1, #heads do words[#words + 1] = heads[l] .. heads[k] .. heads[j] .. tails[i] end
      end
    end
  end
  return words
end

local function make_text(words, length)
  local parts, seed = {}, 1
  for i = 1, length do
    seed = seed * 16807 % 2147483647
    local reach = seed % #words + 1
    seed = seed * 16807 % 2147483647
    parts[i] = words[seed % reach + 1]
  end
  return table.concat(parts, " ")
end

local function count_words(text)
  local counts = {}
  for word in string.gmatch(text, "[^ ]+") do counts[word] = (counts[word] or 0) + 1 end
  return counts
end

local function ranking(counts)
  local entries = {}
  for word, count in pairs(counts) do entries[#entries + 1] = { word = word, count = count } end
  table.sort(entries, function(a, b)
    if a.count ~= b.count then return a.count > b.count end
    return a.word < b.word
  end)
  return entries
end

local function run()
  local text = make_text(make_words(), 900000)
  local entries = ranking(count_words(text))
  local weighted = 0
  for i = 1, #entries do weighted = weighted + i * entries[i].count end
  print(string.format("%d %d %d", #text, #entries, weighted))
  for i = 1, 10 do print(entries[i].word .. " " .. entries[i].count) end
end

run()
