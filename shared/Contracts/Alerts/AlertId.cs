using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Contracts.Alerts;

/// <summary>
/// The name of one firing, made from what it is and event time alone: replicas, restarts and replays give the same id,
/// and the ALERTS stream stores it once.
/// </summary>
public static class AlertId
{
    private const int Bytes = 16;

    public static string Of(string ruleId, int ruleVersion, InstrumentId instrument, string triggerKey)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{ruleId}\n{ruleVersion}\n{instrument}\n{triggerKey}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
    }
}
