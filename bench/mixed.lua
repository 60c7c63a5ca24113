-- 70 % one item, 20 % lists, 10 % new items. With RATE, each connection pauses so that all send about that many a second.
dofile("create.lua")
local item, rate, connections = os.getenv("ITEM"), tonumber(os.getenv("RATE")), tonumber(os.getenv("CONNECTIONS"))

function request()
  local kind = math.random(100)
  if kind <= 70 then
    return wrk.format("GET", "/items/" .. item, nil, "")
  elseif kind <= 90 then
    return wrk.format("GET", "/items/?limit=20", nil, "")
  end
  return wrk.format("POST", "/items/")
end

if rate then
  function delay()
    return math.random(2 * connections * 1000 / rate)
  end
end
