numbers = [0] * 10000000
print(len(numbers), numbers[-1])
