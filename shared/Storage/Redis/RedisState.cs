using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CryptoScreener.Storage.Redis;

/// <summary>
/// Short-lived state that replicas share. It never vetoes and never throws: while Redis is away every answer is null at once, the
/// caller goes on with what this process knows, and metrics and one log line per change say so. One question in the
/// background finds out when it is back: a server that hangs would otherwise keep every caller waiting in turn.
/// </summary>
public sealed partial class RedisState : IDisposable
{
    // The client of version 1 does not time out its asynchronous operations itself.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(500);

    // The window starts with the first addition and is not extended by later ones.
    private const string Add = """
        local sum = redis.call('INCRBY', KEYS[1], ARGV[1])
        if sum == tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end

        """;

    private const string AddScript = Add + "return sum";

    private const string AddUnlessHeldScript = """
        local held = tonumber(redis.call('GET', KEYS[2])) or 0
        if held > tonumber(ARGV[3]) then return {0, held} end

        """ + Add + "return {sum, held}";

    private const string RaiseScript = """
        local known = tonumber(redis.call('GET', KEYS[1]))
        if known and known >= tonumber(ARGV[1]) then return known end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return tonumber(ARGV[1])
        """;

    private readonly ConfigurationOptions? _configuration;
    private readonly StorageMetrics _metrics;
    private readonly ILogger<RedisState> _logger;
    private readonly Lock _connecting = new();
    private Task<ConnectionMultiplexer>? _connection;
    private volatile ConnectionMultiplexer? _connected;
    private int _away;
    private volatile bool _isDisposed;

    internal RedisState(string configuration, StorageMetrics metrics, ILogger<RedisState> logger)
    {
        _metrics = metrics;
        _logger = logger;
        _configuration = configuration.Length == 0 ? null : Parse(configuration);
    }

    /// <summary>False when no Redis is configured: every answer is null, and nothing is logged or counted.</summary>
    public bool IsConfigured => _configuration is not null;

    /// <summary>Whether it answered when it was last asked.</summary>
    public bool IsAvailable => IsConfigured && !IsAway;

    private bool IsAway => Volatile.Read(ref _away) != 0;

    /// <summary>True for the first caller of all replicas within the time to live, false for the others, null when nobody knows.</summary>
    public Task<bool?> ClaimAsync(string key, TimeSpan timeToLive) =>
        AskAsync<bool?>(async redis => await redis.StringSetAsync(key, "1", timeToLive, When.NotExists));

    /// <summary>Adds to a counter that starts anew with each window.</summary>
    /// <returns>The sum of all replicas in this window, or null.</returns>
    public Task<long?> AddAsync(string key, long amount, TimeSpan window) =>
        AskAsync<long?>(async redis => (long)await redis.ScriptEvaluateAsync(AddScript, [key], [amount, (long)window.TotalMilliseconds]));

    /// <summary>The same in one question with another: nothing is added while the number behind a second key is above this one.</summary>
    /// <returns>The sum of all replicas, or 0, and that number, or 0; null when nobody knows.</returns>
    public Task<(long Sum, long Held)?> AddUnlessHeldAsync(string key, long amount, TimeSpan window, string holdKey, long above) =>
        AskAsync<(long, long)?>(async redis =>
        {
            var told = (long[]?)await redis.ScriptEvaluateAsync(AddUnlessHeldScript, [key, holdKey], [amount, (long)window.TotalMilliseconds, above]);
            return (told![0], told[1]);
        });

    /// <summary>Keeps the larger of what is there and this.</summary>
    /// <returns>What is there then, or null.</returns>
    public Task<long?> RaiseAsync(string key, long value, TimeSpan timeToLive) =>
        AskAsync<long?>(async redis => (long)await redis.ScriptEvaluateAsync(RaiseScript, [key], [value, (long)timeToLive.TotalMilliseconds]));

    /// <returns>True when stored, null when not.</returns>
    public Task<bool?> SetAsync(string key, string value, TimeSpan timeToLive) =>
        AskAsync<bool?>(async redis => await redis.StringSetAsync(key, value, timeToLive));

    /// <summary>Null when it is not there, or when Redis is away.</summary>
    public Task<string?> GetAsync(string key) => AskAsync<string?>(async redis => await redis.StringGetAsync(key));

    public void Dispose()
    {
        _isDisposed = true;
        _connected?.Dispose();
    }

    private static ConfigurationOptions Parse(string configuration)
    {
        var options = ConfigurationOptions.Parse(configuration);
        options.AbortOnConnectFail = false; // reconnect for ever
        options.ConnectTimeout = (int)ConnectPatience.TotalMilliseconds;
        options.SyncTimeout = (int)Patience.TotalMilliseconds;
        return options;
    }

    // Connects once, then the client reconnects for ever by itself; only an attempt that failed altogether is made again.
    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_connecting)
        {
            if (_connection is null or { IsFaulted: true }) _connection = ConnectionMultiplexer.ConnectAsync(_configuration!);
            return _connection;
        }
    }

    private async Task<T?> AskAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        if (!IsConfigured) return default;
        if (!IsAway)
        {
            try
            {
                var answer = await AnswerAsync(ask);
                _metrics.RedisOperation(succeeded: true);
                return answer;
            }
            catch (Exception e) when (IsUnavailable(e))
            {
                GoAway(e);
            }
        }

        _metrics.RedisOperation(succeeded: false);
        return default;
    }

    private async Task<T> AnswerAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        _connected ??= await ConnectAsync().WaitAsync(ConnectPatience + Patience);
        return await ask(_connected.GetDatabase()).WaitAsync(Patience);
    }

    private void GoAway(Exception error)
    {
        if (Interlocked.Exchange(ref _away, 1) != 0) return;
        LogUnavailable(error);
        _ = ComeBackAsync();
    }

    private async Task ComeBackAsync()
    {
        do
        {
            await Task.Delay(ProbePause, TimeProvider.System);
            if (_isDisposed) return;
        }
        while (!await IsThereAsync());
        Volatile.Write(ref _away, 0);
        LogAvailableAgain();
    }

    private async Task<bool> IsThereAsync()
    {
        try
        {
            await AnswerAsync(redis => redis.PingAsync());
            return true;
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            return false;
        }
    }

    private static bool IsUnavailable(Exception e) => e is RedisException or TimeoutException or ObjectDisposedException;

    [LoggerMessage(6201, LogLevel.Warning, "Redis is not available: cooldowns and limits are per process until it is back")]
    private partial void LogUnavailable(Exception error);

    [LoggerMessage(6202, LogLevel.Information, "Redis is available again")]
    private partial void LogAvailableAgain();
}
