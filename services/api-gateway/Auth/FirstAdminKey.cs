using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>On the very first start there is nobody who could make a key: one is made and shown once, never logged.</summary>
internal sealed partial class FirstAdminKey(
    ApiKeyStore keys, AuditLog audit, WhenAvailable available, IOptions<AuthOptions> options, TimeProvider time, ILogger<FirstAdminKey> logger) : BackgroundService
{
    private const string Owner = "admin";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (text, given) = options.Value.FirstAdminKey is { Length: > 0 } set ? (set, true) : (ApiKeyText.New(), false);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var key = new ApiKey($"key_{Guid.NewGuid():N}", Owner, Role.Admin.Name(), "first administrator", ApiKeyText.ShownOf(text), [], now);
        if (!await available.RunAsync("the first key", stop => keys.AddFirstAsync(key, ApiKeyText.HashOf(text), stop), stoppingToken)) return;
        if (!given) await ShowAsync(text, stoppingToken);
        LogMade(key.Prefix);
        await audit.AddAsync("api-gateway", "api_key.created", key.Id, null, $$"""{"name":"{{key.Name}}","role":"admin"}""", stoppingToken);
    }

    private async Task ShowAsync(string text, CancellationToken stop)
    {
        try
        {
            if (options.Value.FirstAdminKeyFile is { Length: > 0 } file) await WriteAsync(file, text, stop);
            else Print(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Print(text); // it is stored already: lost now, nobody could ever log in
        }
    }

    private static void Print(string text) => Console.Out.WriteLine($"The administrator's API key, shown this once: {text}");

    private static async Task WriteAsync(string file, string text, CancellationToken stop)
    {
        File.Delete(file); // of an installation that is no more; its permissions must not be inherited
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(file, open);
        await writer.WriteLineAsync(text.AsMemory(), stop);
    }

    [LoggerMessage(7022, LogLevel.Information, "The first administrator's API key was made, it begins with {Prefix}")]
    private partial void LogMade(string prefix);
}
