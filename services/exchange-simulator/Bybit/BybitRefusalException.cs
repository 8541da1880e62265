namespace CryptoScreener.ExchangeSimulator.Bybit;

/// <summary>A request that Bybit answers with a return code and a message.</summary>
internal sealed class BybitRefusalException(int code, string message) : Exception(message)
{
    public int Code => code;
}
