-- Log lines through the string library: split, replace, case conversion, find, trim, join.
local find, sub, gsub, match = string.find, string.sub, string.gsub, string.match
local upper, lower, concat = string.upper, string.lower, table.concat

local function split(text, separator)
  local parts, start = {}, 1
  while true do
    local first, last = find(text, separator, start, true)
    if not first then
      parts[#parts + 1] = sub(text, start)
      return parts
    end
    parts[#parts + 1] = sub(text, start, first - 1)
    start = last + 1
  end
end

local function make_text(lines)
  local names = { "Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace" }
  local levels = { "debug", "info", "warn", "error" }
  local rows, seed = {}, 42
  for i = 1, lines do
    seed = seed * 16807 % 2147483647
    local name = names[seed % #names + 1]
    local level = levels[seed % #levels + 1]
    rows[i] = "  user=" .. name .. "; level=" .. level .. "; size=" .. seed % 100000
      .. "; path=/home/" .. name .. "/notes.txt; message=The quick brown fox  "
  end
  return concat(rows, "\n")
end

local function fold(text, totals)
  local rows = split(text, "\n")
  for i = 1, #rows do
    local row = match(rows[i], "^%s*(.*%S)")
    local parts = split(row, "; ")
    totals.fields = totals.fields + #parts
    totals.size = totals.size + tonumber(sub(parts[3], 6))
    totals.position = totals.position + find(row, "path=", 1, true) - 1
    local loud = upper(parts[5])
    if find(loud, "QUICK", 1, true) then
      totals.length = totals.length + #gsub(loud, "QUICK", "very quick")
    end
    parts[1] = lower(parts[1])
    rows[i] = concat(parts, ",")
  end
  return concat(rows, "\n")
end

local function occurrences(text, word)
  local count, at = 0, find(text, word, 1, true)
  while at do
    count = count + 1
    at = find(text, word, at + #word, true)
  end
  return count
end

local function run(lines, rounds)
  local text = make_text(lines)
  local totals = { fields = 0, size = 0, position = 0, length = 0 }
  local marked, warnings = "", 0
  for _ = 1, rounds do
    marked = gsub(fold(text, totals), "level=warn", "level=attention")
    warnings = warnings + occurrences(upper(marked), "ATTENTION")
  end
  print(totals.fields .. " " .. totals.size .. " " .. totals.position .. " " .. totals.length
    .. " " .. warnings)
  print(#marked .. " " .. sub(marked, 1, 60))
end

run(2000, 30)
