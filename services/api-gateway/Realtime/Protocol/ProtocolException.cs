namespace CryptoScreener.ApiGateway.Realtime.Protocol;

/// <summary>What a client asked cannot be done; it is answered and the socket lives on.</summary>
/// <param name="code">Stable, for programs.</param>
/// <param name="message">For people: what to do.</param>
/// <param name="isAbuse">No client of good will sends this; some are forgiven.</param>
internal sealed class ProtocolException(string code, string message, bool isAbuse = false) : Exception(message)
{
    public string Code => code;

    public bool IsAbuse => isAbuse;

    public static ProtocolException BadMessage(string message) => new("bad_message", message, isAbuse: true);

    public static ProtocolException BadParameter(string name, string expected) => new("bad_parameter", $"'{name}' must be {expected}.");
}
