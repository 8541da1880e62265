using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Auth.Tokens;

/// <summary>
/// The keys in force: those of the configuration, and those of a key set, read again at an interval and when a token names
/// a key that nobody knows. A set that cannot be read leaves the last good one.
/// </summary>
internal sealed partial class JwtKeys(IOptions<AuthOptions> options, IHttpClientFactory http, TimeProvider time, ILogger<JwtKeys> logger) : BackgroundService
{
    public const string HttpClient = "jwks";

    // A token with an invented key name must not make us ask the identity provider again and again.
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(30);

    private readonly JwtOptions _options = options.Value.Jwt;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private IReadOnlyList<JwtKey>? _configured;
    private volatile List<JwtKey> _published = [];
    private long _readAt;

    private IReadOnlyList<JwtKey> Configured => _configured ??= [.. _options.Keys.Select(JwtKeyReader.Read)];

    private bool HasSet => _options.IsOn && (_options.JwksFile.Length > 0 || _options.JwksUrl.Length > 0);

    /// <summary>The one key for a token; null when there is none, or when several could be meant.</summary>
    public async ValueTask<JwtKey?> FindAsync(string algorithm, string? kid, CancellationToken stop)
    {
        if (Find(algorithm, kid) is { } key) return key;
        if (!HasSet || (Volatile.Read(ref _readAt) is not 0 and var read && time.GetElapsedTime(read) < LeastPause)) return null;
        await RefreshAsync(stop);
        return Find(algorithm, kid);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!HasSet) return;
        using var timer = new PeriodicTimer(_options.JwksRefresh, time);
        do await RefreshAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    private JwtKey? Find(string algorithm, string? kid)
    {
        JwtKey? found = null;
        foreach (var key in Configured.Concat(_published))
        {
            if (key.Algorithm != algorithm || (kid is not null && key.Kid is not null && key.Kid != kid)) continue;
            if (kid is not null && key.Kid == kid) return key;
            if (found is not null) return null; // without a name it must be clear
            found = key;
        }

        return found;
    }

    private async Task RefreshAsync(CancellationToken stop)
    {
        await _reading.WaitAsync(stop);
        try
        {
            if (Volatile.Read(ref _readAt) is not 0 and var read && time.GetElapsedTime(read) < LeastPause) return; // somebody else just has
            Volatile.Write(ref _readAt, time.GetTimestamp());
            _published = JwksReader.Read(await ReadAsync(stop));
            LogRead(_published.Count);
        }
        catch (Exception e) when (e is FormatException or HttpRequestException or IOException or UnauthorizedAccessException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            LogNotRead(e.Message);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<byte[]> ReadAsync(CancellationToken stop)
    {
        if (_options.JwksFile.Length > 0) return await File.ReadAllBytesAsync(_options.JwksFile, stop);
        using var client = http.CreateClient(HttpClient);
        return await client.GetByteArrayAsync(new Uri(_options.JwksUrl), stop);
    }

    [LoggerMessage(7020, LogLevel.Information, "{Keys} keys of the token issuer's key set are in force")]
    private partial void LogRead(int keys);

    [LoggerMessage(7021, LogLevel.Warning, "The token issuer's key set cannot be read, the last good one stays in force: {Reason}")]
    private partial void LogNotRead(string reason);
}
