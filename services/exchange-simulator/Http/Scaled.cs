using System.Text;
using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Feeds;

namespace CryptoScreener.ExchangeSimulator.Http;

/// <summary>Whole numbers of ticks, lots and quote units as the decimal text that exchanges send.</summary>
internal static class Scaled
{
    private const int Longest = 40;

    public static string Text(long value, int digits)
    {
        Span<byte> room = stackalloc byte[Longest];
        var text = new Utf8Builder(room);
        text.Decimal(value, digits);
        return Encoding.ASCII.GetString(text.Written);
    }

    public static void WriteScaled(this Utf8JsonWriter json, string name, long value, int digits)
    {
        json.WritePropertyName(name);
        json.WriteScaledValue(value, digits);
    }

    public static void WriteScaledValue(this Utf8JsonWriter json, long value, int digits)
    {
        Span<byte> room = stackalloc byte[Longest];
        var text = new Utf8Builder(room);
        text.Decimal(value, digits);
        json.WriteStringValue(text.Written);
    }
}
