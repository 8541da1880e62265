namespace CryptoScreener.Hosting.Logging;

/// <summary>An exception as it may be written down: same type, cleaned text.</summary>
internal sealed class RedactedException(Exception original, string text) : Exception(Secrets.Clean(original.Message))
{
    public Type OriginalType { get; } = original.GetType();

    public override string ToString() => text;
}
