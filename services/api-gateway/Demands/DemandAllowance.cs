using CryptoScreener.ApiGateway.Auth;

namespace CryptoScreener.ApiGateway.Demands;

/// <summary>How many new metrics each account may ask for in an hour. Whoever is not signed in is one account: they share it.</summary>
internal sealed class DemandAllowance(TimeProvider time)
{
    public const int PerHour = 8;
    private const int MostCallers = 10_000;
    private const long HourSeconds = 3_600;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private long _hour;

    public bool IsLeft(Account account) => Count(account, taking: 0);

    public bool TryTake(Account account) => Count(account, taking: 1);

    private bool Count(Account account, int taking)
    {
        var caller = account.Owner is { } owner ? $"a:{owner}" : "guests";
        var hour = time.GetUtcNow().ToUnixTimeSeconds() / HourSeconds;
        lock (_lock)
        {
            if (_hour != hour) _taken.Clear();
            _hour = hour;
            var taken = _taken.GetValueOrDefault(caller);
            if (taken >= PerHour || (taken == 0 && _taken.Count >= MostCallers)) return false;
            if (taking > 0) _taken[caller] = taken + taking;
            return true;
        }
    }
}
