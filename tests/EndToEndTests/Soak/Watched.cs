using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>Something whose holdings are looked at again and again.</summary>
/// <param name="Breath">So many MB it differs by from one look to another without growing.</param>
internal sealed record Watched(string Name, double Breath, Func<TimeSpan, Task<ResourceSample>> Look)
{
    public List<ResourceSample> Samples { get; } = [];

    public static Watched Of(string name, int process, double breath) => new(name, breath, at => Task.FromResult(ResourceSample.Of(process, at)));

    /// <summary>A worker's heap, and all that it holds beside.</summary>
    public static Watched[] Of(LocalProgram worker, double breath)
    {
        var heap = new ManagedHeap(worker);
        return
        [
            new(worker.Name, breath, async at =>
            {
                await heap.LookAsync();
                var whole = ResourceSample.Of(worker.ProcessId, at);
                return whole with { Megabytes = whole.Megabytes - heap.Taken };
            }),
            new($"{worker.Name} heap", breath, at => Task.FromResult(new ResourceSample(at, heap.InUse, Handles: 0))),
        ];
    }

    public async Task<ResourceSample> LookAsync(TimeSpan at)
    {
        var sample = await Look(at);
        Samples.Add(sample);
        return sample;
    }
}
