namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>A request that OKX answers with a code and a message.</summary>
internal sealed class OkxRefusalException(string code, string message) : Exception(message)
{
    public string Code => code;
}
