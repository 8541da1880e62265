using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>OKX counts swap volumes in contracts. One contract is ten lots, so that a lot is a tenth of a contract.</summary>
internal static class OkxContract
{
    public const int ContractDigits = 1;

    /// <summary>Base coins per contract as a number of 10^-digits: ten lots.</summary>
    public static (long Value, int Digits) Value(Instrument instrument) => instrument.LotDigits == 0 ? (10, 0) : (1, instrument.LotDigits - 1);

    /// <summary>The row that OKX uses on sockets and over HTTP alike.</summary>
    public static void WriteRow(ref Utf8Builder json, Instrument instrument, in Bar bar, bool isClosed)
    {
        json.Raw("[\""u8);
        json.Number(bar.OpenTime);
        Next(ref json, bar.Open, instrument.PriceDigits);
        Next(ref json, bar.High, instrument.PriceDigits);
        Next(ref json, bar.Low, instrument.PriceDigits);
        Next(ref json, bar.Close, instrument.PriceDigits);
        Next(ref json, bar.Lots, ContractDigits);
        Next(ref json, bar.Lots, instrument.LotDigits);
        Next(ref json, bar.Quote, Bar.QuoteDigits);
        json.Raw(isClosed ? "\",\"1\"]"u8 : "\",\"0\"]"u8);
    }

    private static void Next(ref Utf8Builder json, long value, int digits)
    {
        json.Raw("\",\""u8);
        json.Decimal(value, digits);
    }
}
