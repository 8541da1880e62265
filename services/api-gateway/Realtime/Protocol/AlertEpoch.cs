using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway.Alerts;

namespace CryptoScreener.ApiGateway.Realtime.Protocol;

/// <summary>The epoch of the alerts as clients see it: a text to be given back as it came.</summary>
internal static class AlertEpoch
{
    public static string Text(long epoch) => epoch.ToString(CultureInfo.InvariantCulture);

    /// <summary>An epoch of another form is not wrong, only not ours: it is resumed as a foreign one, so nothing is recovered.</summary>
    public static bool TryRead(JsonElement value, out long epoch)
    {
        epoch = -1;
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetInt64(out epoch);
        if (value.ValueKind != JsonValueKind.String) return false;
        if (!long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out epoch)) epoch = -1;
        return true;
    }

    /// <summary>One text for both, as event ids of the alert stream have it.</summary>
    public static string Text(long epoch, ulong sequence) => string.Create(CultureInfo.InvariantCulture, $"{epoch}-{sequence}");

    /// <summary>The other way.</summary>
    public static bool TryParse(string? id, out ResumePoint point)
    {
        point = default;
        var dash = id?.IndexOf('-') ?? -1;
        if (dash < 1) return false;
        if (!long.TryParse(id.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)) return false;
        if (!ulong.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        point = new ResumePoint(epoch, sequence);
        return true;
    }
}
