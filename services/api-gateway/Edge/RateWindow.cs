namespace CryptoScreener.ApiGateway.Edge;

/// <summary>What one caller has used in the current minute: here, and by what the other gateways have said.</summary>
internal sealed class RateWindow
{
    private readonly Lock _lock = new();
    private long _minute;
    private long _used;     // by us and, as last heard, by the others
    private long _untold;   // of it, what the others have not heard of
    private bool _telling;

    /// <returns>How much is used now, this included.</returns>
    public long Use(long minute, int cost)
    {
        lock (_lock)
        {
            if (_minute != minute) (_minute, _used, _untold) = (minute, 0, 0);
            _untold += cost;
            return _used += cost;
        }
    }

    /// <summary>What to tell the others; 0 when there is nothing, or when it is being told.</summary>
    public long BeginTelling(long minute)
    {
        lock (_lock)
        {
            if (_telling || _minute != minute || _untold == 0) return 0;
            _telling = true;
            (var untold, _untold) = (_untold, 0);
            return untold;
        }
    }

    /// <param name="total">Of all gateways; null when it could not be told, then this process goes on by itself.</param>
    public void EndTelling(long minute, long told, long? total)
    {
        lock (_lock)
        {
            _telling = false;
            if (_minute != minute) return;
            if (total is { } sum) _used = sum + _untold;
            else _untold += told;
        }
    }

    public long UsedIn(long minute)
    {
        lock (_lock) return _minute == minute ? _used : 0;
    }

    public bool IsOlderThan(long minute)
    {
        lock (_lock) return _minute < minute && !_telling;
    }
}
