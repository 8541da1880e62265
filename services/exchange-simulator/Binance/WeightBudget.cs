namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>
/// Request weight per address and UTC clock minute, in real time, as clients count it. Past the limit the answer is 429 with
/// Retry-After; an address that goes on asking is banned with 418.
/// </summary>
internal sealed class WeightBudget(int limit, TimeProvider time)
{
    private const int RefusalsBeforeBan = 10;
    private const long BanMs = 120_000;
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public Verdict Spend(string address, int weight)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_lock)
        {
            if (!_accounts.TryGetValue(address, out var account)) _accounts[address] = account = new Account();
            if (now < account.BannedUntil) return new Verdict(account.Used, StatusCodes.Status418ImATeapot, Seconds(account.BannedUntil - now));
            if (account.Minute != now / 60_000) (account.Minute, account.Used, account.Refusals) = (now / 60_000, 0, 0);
            account.Used += weight;
            if (account.Used <= limit) return new Verdict(account.Used, StatusCodes.Status200OK, 0);
            if (++account.Refusals > RefusalsBeforeBan)
            {
                account.BannedUntil = now + BanMs;
                return new Verdict(account.Used, StatusCodes.Status418ImATeapot, Seconds(BanMs));
            }

            return new Verdict(account.Used, StatusCodes.Status429TooManyRequests, Seconds(60_000 - (now % 60_000)));
        }
    }

    public void Forgive()
    {
        lock (_lock) _accounts.Clear();
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
