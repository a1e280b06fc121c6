-- Methods called over a list of four kinds of shape.
local Circle, Square, Rectangle, Triangle = {}, {}, {}, {}
Circle.__index = Circle
Square.__index = Square
Rectangle.__index = Rectangle
Triangle.__index = Triangle

function Circle.new(radius) return setmetatable({ radius = radius }, Circle) end
function Circle:area() return 3.14159 * self.radius * self.radius end
function Circle:outline() return 2.0 * 3.14159 * self.radius end
function Circle:scale(factor) self.radius = self.radius * factor end

function Square.new(side) return setmetatable({ side = side }, Square) end
function Square:area() return self.side * self.side end
function Square:outline() return 4.0 * self.side end
function Square:scale(factor) self.side = self.side * factor end

function Rectangle.new(width, height)
  return setmetatable({ width = width, height = height }, Rectangle)
end
function Rectangle:area() return self.width * self.height end
function Rectangle:outline() return 2.0 * (self.width + self.height) end
function Rectangle:scale(factor)
  self.width = self.width * factor
  self.height = self.height * factor
end

function Triangle.new(base, height)
  return setmetatable({ base = base, height = height }, Triangle)
end
function Triangle:area() return 0.5 * self.base * self.height end
function Triangle:outline()
  return self.base + math.sqrt(self.base * self.base + 4.0 * self.height * self.height)
end
function Triangle:scale(factor)
  self.base = self.base * factor
  self.height = self.height * factor
end

local function make_shapes(count)
  local shapes, seed = {}, 5
  for i = 1, count do
    seed = seed * 16807 % 2147483647
    local size = 1.0 + seed % 100 / 10.0
    local kind = seed % 4
    if kind == 0 then
      shapes[i] = Circle.new(size)
    elseif kind == 1 then
      shapes[i] = Square.new(size)
    elseif kind == 2 then
      shapes[i] = Rectangle.new(size, size + 1.0)
    else
      shapes[i] = Triangle.new(size, size + 2.0)
    end
  end
  return shapes
end

local function run(count, rounds)
  local shapes = make_shapes(count)
  local area, outline = 0.0, 0.0
  for round = 1, rounds do
    local factor = round % 2 == 0 and 0.5 or 2.0
    for i = 1, #shapes do
      local shape = shapes[i]
      area = area + shape:area()
      outline = outline + shape:outline()
      shape:scale(factor)
    end
  end
  print(string.format("%.3f %.3f", area, outline))
end

run(1000, 2000)
