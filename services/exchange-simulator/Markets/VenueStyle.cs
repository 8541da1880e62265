namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>What one venue's instruments have in common.</summary>
/// <param name="Symbol">The instrument's name, made of its base and quote asset.</param>
/// <param name="VolumeShare">How much is traded here, compared with the largest venue.</param>
/// <param name="CountsInThousands">Whether very cheap coins are traded by the thousand, as 1000PEPE.</param>
internal sealed record VenueStyle(Func<string, string, string> Symbol, double VolumeShare, bool CountsInThousands)
{
    public static string Joined(string asset, string quote) => asset + quote;
}
