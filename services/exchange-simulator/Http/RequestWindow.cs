namespace CryptoScreener.ExchangeSimulator.Http;

/// <summary>How many requests an address may make within a window of real time, and how long it is banned for one too many.</summary>
internal sealed class RequestWindow(int limit, TimeSpan window, TimeSpan ban, TimeProvider time)
{
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

    public bool TryTake(string address)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_accounts.TryGetValue(address, out var account)) _accounts[address] = account = new Account { Since = now };
            if (account.BannedAt is { } at)
            {
                if (time.GetElapsedTime(at, now) < ban) return Banned();
                account.BannedAt = null;
            }

            if (time.GetElapsedTime(account.Since, now) >= window) (account.Since, account.Taken) = (now, 0);
            if (++account.Taken <= limit) return true;
            if (ban > TimeSpan.Zero)
            {
                account.BannedAt = now;
                return Banned();
            }

            _tally = _tally with { Refused = _tally.Refused + 1 };
            return false;
        }
    }

    public void Forgive()
    {
        lock (_lock) _accounts.Clear();
    }

    private bool Banned()
    {
        _tally = _tally with { Banned = _tally.Banned + 1 };
        return false;
    }

    private sealed class Account
    {
        public long Since { get; set; }

        public int Taken { get; set; }

        public long? BannedAt { get; set; }
    }
}
