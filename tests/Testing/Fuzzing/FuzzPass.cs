namespace CryptoScreener.Testing.Fuzzing;

/// <summary>Feeds one input after the other on a thread of its own, so that one which is never done with can be named.</summary>
/// <param name="inputs">Each with where it comes from; made one at a time.</param>
public sealed class FuzzPass(IEnumerable<(string Where, byte[] Input)> inputs, Action<byte[]> feed)
{
    private volatile Fed? _current;

    /// <param name="patience">For one input.</param>
    /// <returns>What went wrong with which input; null when nothing did.</returns>
    public (Exception Broken, string Where, byte[] Input)? Run(TimeSpan patience)
    {
        Exception? broken = null;
        var thread = new Thread(() =>
        {
            try
            {
                foreach (var (where, input) in inputs)
                {
                    _current = new(where, input);
                    feed(input);
                }
            }
            catch (Exception e)
            {
                broken = e;
            }
        })
        { IsBackground = true };
        thread.Start();
        for (var before = _current; !thread.Join(patience); before = _current)
            if (before is not null && before == _current) return (new TimeoutException($"it is not done with it after {patience}"), before.Where, before.Input);

        return broken is null || _current is not { } last ? null : (broken, last.Where, last.Input);
    }

    private sealed class Fed(string where, byte[] input)
    {
        public string Where { get; } = where;

        public byte[] Input { get; } = input;
    }
}
