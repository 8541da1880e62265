namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>What receivers heard under one id.</summary>
internal sealed class Heard(string path, string body)
{
    private readonly int _body = body.GetHashCode(StringComparison.Ordinal); // half a million bodies would not fit
    private readonly Lock _lock = new();

    public string Path => path;

    public int Requests { get; private set; }

    public int Taken { get; private set; }

    /// <summary>Another message came under the same id, or the same one elsewhere.</summary>
    public bool IsContradicted { get; private set; }

    public void Note(string at, string said, bool taken)
    {
        lock (_lock)
        {
            Requests++;
            if (taken) Taken++;
            IsContradicted |= at != path || said.GetHashCode(StringComparison.Ordinal) != _body;
        }
    }
}
