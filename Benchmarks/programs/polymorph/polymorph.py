"""Methods called over a list of four kinds of shape."""
from math import sqrt


class Circle:
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return 3.14159 * self.radius * self.radius

    def outline(self):
        return 2.0 * 3.14159 * self.radius

    def scale(self, factor):
        self.radius *= factor


class Square:
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side

    def outline(self):
        return 4.0 * self.side

    def scale(self, factor):
        self.side *= factor


class Rectangle:
    def __init__(self, width, height):
        self.width = width
        self.height = height

    def area(self):
        return self.width * self.height

    def outline(self):
        return 2.0 * (self.width + self.height)

    def scale(self, factor):
        self.width *= factor
        self.height *= factor


class Triangle:
    def __init__(self, base, height):
        self.base = base
        self.height = height

    def area(self):
        return 0.5 * self.base * self.height

    def outline(self):
        return self.base + sqrt(self.base * self.base + 4.0 * self.height * self.height)

    def scale(self, factor):
        self.base *= factor
        self.height *= factor


def make_shapes(count):
    shapes, seed = [], 5
    for _ in range(count):
        seed = seed * 16807 % 2147483647
        size = 1.0 + seed % 100 / 10.0
        kind = seed % 4
        if kind == 0:
            shapes.append(Circle(size))
        elif kind == 1:
            shapes.append(Square(size))
        elif kind == 2:
            shapes.append(Rectangle(size, size + 1.0))
        else:
            shapes.append(Triangle(size, size + 2.0))
    return shapes


def run(count, rounds):
    shapes = make_shapes(count)
    area = outline = 0.0
    for number in range(1, rounds + 1):
        factor = 0.5 if number % 2 == 0 else 2.0
        for shape in shapes:
            area += shape.area()
            outline += shape.outline()
            shape.scale(factor)
    print("%.3f %.3f" % (area, outline))


run(1000, 2000)
