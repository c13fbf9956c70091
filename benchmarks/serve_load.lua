-- The load of benchmarks/serve.py: requests drawn from a list of paths by a seed, and the figures as JSON.
local paths = {}

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = wrk.format("GET", line, { ["Accept"] = "application/sparql-results+json" })
  end
  math.randomseed(tonumber(args[2]))
end

function request()
  return paths[math.random(#paths)]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "bytes": %d, "errors": %d, "statuses": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.bytes, errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
