-- A JSON parser, byte by byte, over a generated document.
local byte, char, sub, concat = string.byte, string.char, string.sub, table.concat
local floor = math.floor

local NULL = {}
local ESCAPES = {
  [34] = '"', [47] = "/", [92] = "\\", [98] = "\b", [102] = "\f", [110] = "\n", [114] = "\r",
  [116] = "\t",
}

local function utf8_char(code)
  if code < 0x80 then return char(code) end
  if code < 0x800 then return char(0xc0 + floor(code / 64), 0x80 + code % 64) end
  return char(0xe0 + floor(code / 4096), 0x80 + floor(code / 64) % 64, 0x80 + code % 64)
end

local Parser = {}
Parser.__index = Parser

local function new_parser(text) return setmetatable({ text = text, at = 1 }, Parser) end

function Parser:reject(expected) error("expected " .. expected .. " at byte " .. self.at - 1, 0) end

function Parser:skip_space()
  local text, at = self.text, self.at
  local c = byte(text, at)
  while c == 32 or c == 10 or c == 9 or c == 13 do
    at = at + 1
    c = byte(text, at)
  end
  self.at = at
  return c
end

function Parser:parse_word(spelling, value)
  local after = self.at + #spelling
  if sub(self.text, self.at, after - 1) ~= spelling then self:reject(spelling) end
  self.at = after
  return value
end

function Parser:parse_number()
  local text, start = self.text, self.at
  local at = start
  local c = byte(text, at)
  while c and (c >= 48 and c <= 57 or c == 45 or c == 43 or c == 46 or c == 69 or c == 101) do
    at = at + 1
    c = byte(text, at)
  end
  self.at = at
  return tonumber(sub(text, start, at - 1)) or self:reject("a number")
end

function Parser:parse_escape()
  local c = byte(self.text, self.at)
  self.at = self.at + 1
  if c == 117 then -- \uXXXX
    local code = tonumber(sub(self.text, self.at, self.at + 3), 16)
    self.at = self.at + 4
    return utf8_char(code)
  end
  return ESCAPES[c] or self:reject("an escape")
end

function Parser:parse_string()
  local text, at = self.text, self.at + 1
  local start, parts = at, nil
  while true do
    local c = byte(text, at)
    if c == 34 then -- "
      local piece = sub(text, start, at - 1)
      self.at = at + 1
      if not parts then return piece end
      parts[#parts + 1] = piece
      return concat(parts)
    elseif c == 92 then -- \
      parts = parts or {}
      parts[#parts + 1] = sub(text, start, at - 1)
      self.at = at + 1
      parts[#parts + 1] = self:parse_escape()
      at = self.at
      start = at
    elseif not c then
      self:reject("a closing quote")
    else
      at = at + 1
    end
  end
end

function Parser:parse_array()
  local items = {}
  self.at = self.at + 1
  if self:skip_space() == 93 then -- ]
    self.at = self.at + 1
    return items
  end
  while true do
    items[#items + 1] = self:parse_value()
    local c = self:skip_space()
    self.at = self.at + 1
    if c == 93 then return items end
    if c ~= 44 then self:reject("a comma or ]") end
  end
end

function Parser:parse_object()
  local members = {}
  self.at = self.at + 1
  if self:skip_space() == 125 then -- }
    self.at = self.at + 1
    return members
  end
  while true do
    if self:skip_space() ~= 34 then self:reject("a name") end
    local name = self:parse_string()
    if self:skip_space() ~= 58 then self:reject("a colon") end
    self.at = self.at + 1
    members[name] = self:parse_value()
    local c = self:skip_space()
    self.at = self.at + 1
    if c == 125 then return members end
    if c ~= 44 then self:reject("a comma or }") end
  end
end

function Parser:parse_value()
  local c = self:skip_space()
  if c == 34 then return self:parse_string() end
  if c == 123 then return self:parse_object() end
  if c == 91 then return self:parse_array() end
  if c == 116 then return self:parse_word("true", true) end
  if c == 102 then return self:parse_word("false", false) end
  if c == 110 then return self:parse_word("null", NULL) end
  return self:parse_number()
end

local function parse(text)
  local parser = new_parser(text)
  local value = parser:parse_value()
  if parser:skip_space() then parser:reject("the end") end
  return value
end

local RECORD = [[
  {"id": @id, "name": "agent \"@name\"", "score": @score.25, "active": @active, "parent": null,
   "tags": ["red", "gr\u00fcn", "line\nbreak"],
   "place": {"x": -@x, "y": 1.5e2, "empty": [], "nothing": {}}}]]

local function make_document(records)
  local rows, seed = {}, 11
  for i = 1, records do
    seed = seed * 16807 % 2147483647
    rows[i] = string.gsub(RECORD, "@(%a+)", {
      id = i,
      name = seed % 1000,
      score = seed % 400,
      active = tostring(seed % 2 == 0),
      x = seed % 90,
    })
  end
  return "[\n" .. concat(rows, ",\n") .. "\n]"
end

local function run(records, rounds)
  local text = make_document(records)
  local ids, score, names, active, nulls, green, breaks, places = 0, 0.0, 0, 0, 0, 0, 0, 0.0
  for _ = 1, rounds do
    local list = parse(text)
    for i = 1, #list do
      local record = list[i]
      ids = ids + record.id
      score = score + record.score
      names = names + #record.name
      if record.active then active = active + 1 end
      if record.parent == NULL then nulls = nulls + 1 end
      if record.tags[2] == "grün" then green = green + 1 end
      if record.tags[3] == "line\nbreak" then breaks = breaks + 1 end
      places = places + record.place.x + record.place.y
    end
  end
  print(string.format("%d %.2f %d %d", ids, score, names, active))
  print(string.format("%d %d %d %.1f", nulls, green, breaks, places))
end

run(1200, 9)
