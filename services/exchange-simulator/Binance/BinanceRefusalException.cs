namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>A request that Binance answers with status 400, a code and a message.</summary>
internal sealed class BinanceRefusalException(int code, string message) : Exception(message)
{
    public int Code => code;
}
