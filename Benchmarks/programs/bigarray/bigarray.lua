local list = {}
for i = 1, 10000000 do list[i] = 0 end
print(#list .. " " .. list[#list])
