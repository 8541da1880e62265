using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>What other servers needed for the same in this run: the baselines of ours. One that cannot be measured takes nobody's figures away.</summary>
internal sealed class PeerFigures
{
    private readonly Dictionary<(string What, int Sockets), List<Baseline>> _figures = [];
    private readonly List<Exception> _failed = [];

    internal async Task AddAsync(string name, Func<Task<PeerFanOut>> startAsync, Func<IFanOut, Task> measureAsync)
    {
        try
        {
            await using var peer = await startAsync();
            await measureAsync(peer);
        }
        catch (Exception broken)
        {
            Console.Error.WriteLine($"{name}: {broken.Message}");
            _failed.Add(new InvalidOperationException($"{name}: {broken.Message}", broken));
        }
    }

    internal void Note(string what, int sockets, string name, double value)
    {
        if (!_figures.TryGetValue((what, sockets), out var all)) _figures[(what, sockets)] = all = [];
        all.Add(new(name, value));
    }

    /// <summary>A row beside each peer, or alone where there is none.</summary>
    internal IEnumerable<Measured> Beside(NumbersRow row, string of, string what, int sockets, double value) =>
        _figures.TryGetValue((what, sockets), out var all) ? all.Select(peer => row.Of(of, value, peer)) : [row.Of(of, value)];

    internal void ThrowIfAnyFailed()
    {
        if (_failed.Count > 0) throw new AggregateException(_failed);
    }
}
