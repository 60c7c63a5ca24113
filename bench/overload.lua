-- Prints one line: how many requests were served and rejected, and the 99th percentile of the latency of both.
done = function(summary, latency)
  local seconds = summary.duration / 1e6
  local rejected = summary.errors.status
  print(string.format("served %6.0f/s  rejected %6.0f/s  99 %% within %6.0f ms",
    (summary.requests - rejected) / seconds, rejected / seconds, latency:percentile(99) / 1e3))
end
