using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Bybit;
using CryptoScreener.ExchangeSimulator.Okx;

namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>How exchanges of one family are asked for their streams, and where their messages have what a replay needs.</summary>
/// <param name="Example">A name of a stream, for whoever typed another one.</param>
/// <param name="Speaks">Whether a stream's name is one of its.</param>
/// <param name="Subscribe">The request for some streams; the number tells requests apart.</param>
/// <param name="KeepAlive">What it wants to hear now and then; null where the protocol's own pings are enough.</param>
/// <param name="Klines">The 1m bars in a message; none when it is of another kind.</param>
internal sealed record StreamProtocol(
    string Example,
    Func<string, bool> Speaks,
    Func<IEnumerable<string>, int, string> Subscribe,
    byte[]? KeepAlive,
    Func<RecordedMessage, IEnumerable<RecordedKline>> Klines)
{
    public static readonly StreamProtocol[] All = [BinanceRecording.Protocol, BybitRecording.Protocol, OkxRecording.Protocol];

    /// <summary>Told by the streams' names, which no two families write alike.</summary>
    public static StreamProtocol Of(IReadOnlyList<string> streams) =>
        Array.Find(All, protocol => streams.All(protocol.Speaks))
        ?? throw new SettingsException($"--streams {string.Join(',', streams)}: all must be of one exchange, written like {string.Join(" or ", All.Select(p => p.Example))}");
}
