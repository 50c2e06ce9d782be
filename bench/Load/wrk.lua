-- Sends requests that the load program wrote to a file, one a line: method, path and body, with tabs between. They are formatted once, so
-- that the generator costs next to nothing, and taken in an order that is random and the same for each host. Where each connection pauses, statuses
-- are counted, too.
local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads)
end

function init(args)
  local token, file, pause = args[1], args[2], tonumber(args[3])
  math.randomseed(number)
  succeeded, busy = 0, 0
  if pause > 0 then
    -- So that connections do not send together for ever, each pause is another one, of this length on average.
    delay = function() return math.random(2 * pause) end
    response = function(status)
      if status < 400 then succeeded = succeeded + 1 elseif status == 503 then busy = busy + 1 end
    end
  end
  requests = {}
  for line in io.lines(file) do
    local method, path, body = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { ["Authorization"] = "Bearer " .. token }
    if body == "" then body = nil else headers["Content-Type"] = "application/json" end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency, _)
  local e = summary.errors
  local succeeded, busy = 0, 0
  for _, thread in ipairs(threads) do
    succeeded, busy = succeeded + thread:get("succeeded"), busy + thread:get("busy")
  end
  io.write(string.format("RESULT %d %d %d %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.status, e.connect + e.read + e.write + e.timeout, summary.bytes, succeeded, busy))
end
