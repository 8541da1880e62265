using CryptoScreener.ExchangeSimulator.Http;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>
/// Request weight per address and UTC clock minute, in real time, as clients count it. Past the limit the answer is 429 with
/// Retry-After; an address that goes on asking is banned with 418, for two minutes.
/// </summary>
/// <param name="minute">How long a minute of the limit lasts; shorter ones let a test see many of them.</param>
internal sealed class WeightBudget(int limit, TimeSpan minute, TimeProvider time)
{
    private const int RefusalsBeforeBan = 10;
    private readonly long _minuteMs = (long)minute.TotalMilliseconds;
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private LimitTally _tally;

    public LimitTally Tally
    {
        get
        {
            lock (_lock) return _tally;
        }
    }

    public Verdict Spend(string address, int weight)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (!_accounts.TryGetValue(address, out var account)) _accounts[address] = account = new Account();
            if (now < account.BannedUntil) return Banned(account, now);
            if (account.Minute != now / _minuteMs) (account.Minute, account.Used, account.Refusals) = (now / _minuteMs, 0, 0);
            account.Used += weight;
            if (account.Used <= limit) return new Verdict(account.Used, StatusCodes.Status200OK, 0);
            if (++account.Refusals > RefusalsBeforeBan)
            {
                account.BannedUntil = now + (2 * _minuteMs);
                return Banned(account, now);
            }

            _tally = _tally with { Refused = _tally.Refused + 1 };
            return new Verdict(account.Used, StatusCodes.Status429TooManyRequests, Seconds(_minuteMs - (now % _minuteMs)));
        }
    }

    public void Forgive()
    {
        lock (_lock) _accounts.Clear();
    }

    private Verdict Banned(Account account, long now)
    {
        _tally = _tally with { Banned = _tally.Banned + 1 };
        return new Verdict(account.Used, StatusCodes.Status418ImATeapot, Seconds(account.BannedUntil - now));
    }

    private static int Seconds(long ms) => (int)((ms + 999) / 1_000);

    internal readonly record struct Verdict(int Used, int Status, int RetryAfter);

    private sealed class Account
    {
        public long Minute { get; set; }

        public int Used { get; set; }

        public int Refusals { get; set; }

        public long BannedUntil { get; set; }
    }
}
