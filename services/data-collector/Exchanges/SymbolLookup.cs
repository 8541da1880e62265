using System.Collections.Frozen;
using System.Text;
using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>Finds the followed instrument of a symbol in a frame, without making a string of it.</summary>
internal sealed class SymbolLookup
{
    private const int MaxSymbolLength = 64;
    private readonly FrozenDictionary<string, FollowedInstrument>.AlternateLookup<ReadOnlySpan<char>> _bySymbol;

    public SymbolLookup(IEnumerable<FollowedInstrument> instruments) => _bySymbol = instruments
        .ToFrozenDictionary(i => i.Id.Symbol, StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public FollowedInstrument? Find(ReadOnlySpan<byte> utf8Symbol)
    {
        Span<char> symbol = stackalloc char[MaxSymbolLength];
        if (!Encoding.UTF8.TryGetChars(utf8Symbol, symbol, out var length)) return null;
        return _bySymbol.TryGetValue(symbol[..length], out var instrument) ? instrument : null;
    }
}
