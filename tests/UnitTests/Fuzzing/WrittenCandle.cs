using System.Text.Json;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Fuzzing;

internal static class WrittenCandle
{
    internal static byte[] Of(in CandleUpdate update)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) CandleCodec.Write(json, update);
        return bytes.ToArray();
    }
}
