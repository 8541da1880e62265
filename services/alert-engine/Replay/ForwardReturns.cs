namespace CryptoScreener.AlertEngine.Replay;

/// <summary>
/// What the price of one instrument did after each entry. A horizon of which the minute is missing stays unknown: the next
/// price would tell of another span.
/// </summary>
internal sealed class ForwardReturns
{
    private readonly Queue<Entry>[] _waiting = [.. Horizons.All.Select(_ => new Queue<Entry>())];

    /// <param name="minute">Open time of the minute at whose close the price stood.</param>
    /// <param name="returns">Percent per horizon; filled in as minutes close.</param>
    public void Enter(long minute, double price, double[] returns)
    {
        foreach (var waiting in _waiting) waiting.Enqueue(new Entry(minute, price, returns));
    }

    public void Closed(long minute, double price)
    {
        for (var i = 0; i < _waiting.Length; i++)
        {
            var length = Horizons.All[i].Milliseconds;
            while (_waiting[i].TryPeek(out var entry) && entry.Minute + length <= minute)
            {
                _waiting[i].Dequeue();
                if (entry.Minute + length == minute) entry.Returns[i] = ((price / entry.Price) - 1) * 100;
            }
        }
    }

    private readonly record struct Entry(long Minute, double Price, double[] Returns);
}
