namespace CryptoScreener.Hosting;

/// <summary>The id that ties together what one request or alert causes, through HTTP, messages and webhooks.</summary>
public static class Correlation
{
    private static readonly AsyncLocal<string?> Ambient = new();

    public static string? Current => Ambient.Value;

    /// <summary>Everything logged until the result is disposed, in this flow and those it starts, carries the id.</summary>
    public static Scope Begin(string id)
    {
        var outer = Ambient.Value;
        Ambient.Value = id;
        return new(outer);
    }

    public readonly struct Scope(string? outer) : IDisposable
    {
        public void Dispose() => Ambient.Value = outer;
    }
}
