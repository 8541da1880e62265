namespace CryptoScreener.Contracts.Instruments;

/// <summary>Gives the one <see cref="InstrumentId"/> for an exchange and a symbol, without allocating when it is known.</summary>
/// <remarks>One reader at a time: each lane and each subscription has its own.</remarks>
public sealed class InstrumentTable
{
    private readonly Dictionary<string, Dictionary<string, InstrumentId>> _byExchange = new(StringComparer.Ordinal);

    /// <summary>Null when either part could not be a subject token: such a message is not ours.</summary>
    public InstrumentId? Get(ReadOnlySpan<char> exchange, ReadOnlySpan<char> symbol)
    {
        var exchanges = _byExchange.GetAlternateLookup<ReadOnlySpan<char>>();
        if (exchanges.TryGetValue(exchange, out var symbols))
        {
            if (symbols.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(symbol, out var known)) return known;
        }

        return Add(exchange.ToString(), symbol.ToString());
    }

    private InstrumentId? Add(string exchange, string symbol)
    {
        if (!InstrumentId.IsToken(exchange) || !InstrumentId.IsToken(symbol)) return null;
        if (!_byExchange.TryGetValue(exchange, out var symbols))
            _byExchange[exchange] = symbols = new Dictionary<string, InstrumentId>(StringComparer.Ordinal);
        return symbols[symbol] = new InstrumentId(exchange, symbol);
    }
}
