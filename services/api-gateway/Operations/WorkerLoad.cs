namespace CryptoScreener.ApiGateway.Operations;

/// <summary>What one worker takes of its machine.</summary>
/// <param name="CpuPercent">Of all processors it may use.</param>
/// <param name="MemoryPercent">Of the memory it may use.</param>
internal sealed record WorkerLoad(string Service, string Instance, double? CpuPercent, double? CpuCores, double? MemoryBytes, double? MemoryPercent)
{
    public static WorkerLoad Of(HeardStatus worker)
    {
        HeardStatus[] alone = [worker];
        var values = worker.Latest.Values;
        var cores = alone.Rate("dotnet_process_cpu_time_seconds_total");
        var processors = values.TryGetValue("worker_processors", out var count) && count > 0 ? count : (double?)null;
        var memory = values.TryGetValue("dotnet_process_memory_working_set_bytes", out var bytes) ? bytes : (double?)null;
        var limit = values.TryGetValue("worker_memory_limit_bytes", out var most) && most > 0 ? most : (double?)null;
        return new WorkerLoad(
            worker.Latest.Service, worker.Latest.Instance, Rounded(cores / processors * 100), Rounded(cores), memory, Rounded(memory / limit * 100));
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 2) : null;
}
