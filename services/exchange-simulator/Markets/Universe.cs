namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>The instruments of a simulated exchange: the known names first, then invented ones, always the same for a seed.</summary>
internal static class Universe
{
    private const string Quote = "USDT";
    // Exchanges list names in other scripts, and whoever believes in ASCII learns of it here.
    private const string ForeignScriptAsset = "币安人生";
    private const int ForeignScriptIndex = 150;
    private const int HourlyEvery = 16;
    private const double LowestDailyQuote = 1e5;
    private static readonly long FirstListing = new DateTimeOffset(2019, 9, 8, 17, 57, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly string[] Syllables = ["ba", "co", "du", "fi", "ga", "ho", "ka", "lu", "mi", "no", "pi", "qua", "ra", "so", "ti", "vo", "wa", "xe", "yo", "zu"];

    public static Instrument[] Create(ulong seed, int count, VenueStyle style)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var instruments = new Instrument[count];
        for (var i = 0; i < count; i++) instruments[i] = i < KnownCoins.All.Length ? Known(seed, i, style, taken) : Invented(seed, i, style, taken);
        return instruments;
    }

    private static Instrument Known(ulong seed, int index, VenueStyle style, HashSet<string> taken)
    {
        var (asset, price, millions) = KnownCoins.All[index];
        if (!style.CountsInThousands && asset.StartsWith(Instrument.Thousand, StringComparison.Ordinal)) (asset, price) = (asset[Instrument.Thousand.Length..], price / 1_000);
        taken.Add(asset);
        return Create(seed, index, asset, price, millions * 1e6, style);
    }

    private static Instrument Invented(ulong seed, int index, VenueStyle style, HashSet<string> taken)
    {
        var key = Mix.Key(seed, "universe", "invented");
        var asset = index == ForeignScriptIndex ? ForeignScriptAsset : Name(key, index);
        while (!taken.Add(asset)) asset += "X";
        var price = Math.Pow(10, -7 + (9 * Mix.Uniform(key, (index * 4) + 1)));
        var volume = 4e9 / Math.Pow(index, 1.35) * Math.Exp(0.4 * Mix.Bell(key, (index * 4) + 2));
        return Create(seed, index, asset, price, volume, style);
    }

    private static Instrument Create(ulong seed, int index, string asset, double price, double dailyQuote, VenueStyle style)
    {
        var key = Mix.Key(seed, "universe", "character");
        var isHourly = index % HourlyEvery == HourlyEvery - 1 && index > HourlyEvery;
        var magnitude = (int)Math.Floor(Math.Log10(price));
        return new Instrument(
            index,
            style.Symbol(asset, Quote),
            asset,
            Quote,
            PriceDigits: Math.Clamp(4 - magnitude, 1, 8),
            LotDigits: Math.Clamp(magnitude, 0, 3),
            price,
            isHourly ? LowestDailyQuote : Math.Max(LowestDailyQuote, dailyQuote * style.VolumeShare),
            Beta: index == 0 ? 1 : 0.7 + (0.7 * Mix.Uniform(key, index * 4)),
            DailyVolatility: index == 0 ? 0.004 : 0.009 + (0.015 * Mix.Uniform(key, (index * 4) + 1)),
            isHourly,
            ListedAt: index < 10 ? FirstListing : FirstListing + (86_400_000L * (long)(2_000 * Mix.Uniform(key, (index * 4) + 2))));
    }

    private static string Name(ulong key, int index)
    {
        var bits = Mix.Bits(key, index * 4);
        var name = "";
        for (var i = 0; i < 2 + (int)(bits % 2); i++) name += Syllables[(bits >> (8 * (i + 1))) % (ulong)Syllables.Length];
        return name.ToUpperInvariant();
    }
}
